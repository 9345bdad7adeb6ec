using System.Collections.Generic;
using System.Linq;
using LlmMemory.Estimation.Serving.LlamaCpp;
using Xunit;

namespace LlmMemory.Core.Tests.Serving.LlamaCpp;

/// <summary>Every buffer but the compute buffers, byte for byte as llama.cpp reports it.</summary>
public sealed class LlamaCppBufferTests
{
    [Fact]
    public void Weights_caches_states_and_outputs_are_those_that_llama_cpp_reports()
    {
        AssertExact(BufferTable.Carried);
    }

    [SharedDataFact("llamacpp-buffers.csv")]
    public void They_are_on_every_row_of_the_whole_table()
    {
        AssertExact(BufferTable.Shared);
    }

    private static void AssertExact(BufferTable table)
    {
        Assert.NotEmpty(table.Rows);
        foreach (var (row, memory) in table.Estimates())
        {
            var figures = Figures(memory).ToList();
            Assert.Equal(
                figures.Select(figure => $"{row}: {figure.Column} {row[figure.Column]}"),
                figures.Select(figure => $"{row}: {figure.Column} {figure.Bytes}"));
        }
    }

    private static IEnumerable<(string Column, long Bytes)> Figures(LlamaCppMemory memory)
    {
        return [.. OfContext(memory), .. OfDevices(memory), .. OfCache(memory, "Full", "kv_base"), .. OfCache(memory, "SlidingWindow", "kv_swa")];
    }

    private static IEnumerable<(string Column, long Value)> OfContext(LlamaCppMemory memory)
    {
        yield return ("n_ctx_eff", memory.ContextLength);
        yield return ("n_ctx_seq", memory.SequenceLength);
        yield return ("n_ubatch_eff", memory.MicroBatchSize);
        yield return ("rs_r", memory.ConvolutionStateBytes);
        yield return ("rs_s", memory.RecurrenceStateBytes);
        yield return ("output", memory.BytesOf(LlamaCppBufferKind.Output, null));
    }

    private static IEnumerable<(string Column, long Bytes)> OfDevices(LlamaCppMemory memory)
    {
        foreach (var (name, gpu) in new (string, int?)[] { ("host", null), ("gpu0", 0), ("gpu1", 1) })
        {
            yield return ($"model_{name}", memory.BytesOf(LlamaCppBufferKind.Model, gpu));
            yield return (
                $"kv_{name}",
                memory.BytesOf(LlamaCppBufferKind.KvCache, gpu)
                + memory.BytesOf(LlamaCppBufferKind.SlidingKvCache, gpu)
                + memory.BytesOf(LlamaCppBufferKind.RecurrentState, gpu));
        }
    }

    private static IEnumerable<(string Column, long Value)> OfCache(LlamaCppMemory memory, string name, string prefix)
    {
        if (memory.Caches.FirstOrDefault(cache => cache.Name == name) is not { } cache)
        {
            // The table has no cells for a cache that llama.cpp did not make.
            yield return ($"{prefix}_k", 0);
            yield break;
        }

        yield return ($"{prefix}_cells", cache.Cells);
        yield return ($"{prefix}_layers", cache.Layers);
        yield return ($"{prefix}_k", cache.KeyBytes);
        yield return ($"{prefix}_v", cache.ValueBytes);
        if (prefix == "kv_base")
        {
            yield return ("kv_base_streams", cache.Streams);
        }
    }
}
