using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Accuracy.Peers;
using LlmMemory.Core.Tests.Serving.LlamaCpp;
using LlmMemory.Estimation.Serving.LlamaCpp;

namespace LlmMemory.Accuracy;

/// <summary>llama.cpp against its own accounting.</summary>
internal static class LlamaCppSection
{
    private static readonly (string Suffix, int? Gpu)[] Devices = [("host", null), ("gpu0", 0), ("gpu1", 1)];

    public static IEnumerable<string> Lines()
    {
        var estimates = BufferTable.Carried.Estimates().ToList();
        yield return "## llama.cpp 0.5.0";
        yield return "Buffers that llama.cpp reports itself when it is asked without allocating (commit de3ff815). The 520 rows that the tests carry, of nine models, are a thinned copy of 3,369 rows of 25 models; a test runs all of them where they lie beside the repository. Weights, caches, states and outputs have no fitted constant. Compute buffers have none either: the graph of each architecture is planned operation by operation, from llama.cpp's source. 21 further architectures were compared on the CPU, with files of six layers made for the purpose: 120 of 120 settings are exact.";
        yield return ErrorRow.Header
            + "\n" + Row("Weights", estimates, "model", LlamaCppBufferKind.Model)
            + "\n" + Row("KV caches and states", estimates, "kv", LlamaCppBufferKind.KvCache, LlamaCppBufferKind.SlidingKvCache, LlamaCppBufferKind.RecurrentState)
            + "\n" + Compute("Compute, CPU alone", estimates.Where(estimate => estimate.Row.Device == "cpu"))
            + "\n" + Compute("Compute, full offload to one GPU", estimates.Where(estimate => estimate.Row is { Device: "gpu1", IsFullOffload: true }))
            + "\n" + Compute("Compute, full offload with ggml-cuda's fusion", estimates.Where(estimate => estimate.Row.Device == "cuda"))
            + "\n" + Compute("Compute, two GPUs", estimates.Where(estimate => estimate.Row.Device == "gpu2"))
            + "\n" + Compute("Compute, partial offload", estimates.Where(estimate => estimate.Row is { Device: "gpu1", IsFullOffload: false }))
            + "\n" + Compute("Compute, experts on the host", estimates.Where(estimate => estimate.Row.Device == "gpu1-cmoe"));
        yield return "On the whole table five of 2,048 rows with a GPU are off, all of Mamba and Granite 4 models that lie partly on the host, by 0.5 to 17 % of the GPU's buffer. Two GPUs are compared with llama.cpp's forecast, as the table has it; a run forces normalisations to the GPU of their layer and may need less. The table's single GPU follows ggml-cuda's sizes without its fusion, the CUDA rows with it; none of them is a real device. Architectures without a graph have a closed form: 1.8 % off in the mean on models that it was not made for, -32 to +46 % at worst.";
        foreach (var line in LlamaCppPeers.Lines(estimates))
        {
            yield return line;
        }
    }

    private static string Row(
        string figure, IEnumerable<(BufferRow Row, LlamaCppMemory Memory)> estimates, string column, params LlamaCppBufferKind[] kinds)
    {
        return ErrorRow.Percent(figure, Samples(estimates, column, kinds));
    }

    private static string Compute(string figure, IEnumerable<(BufferRow Row, LlamaCppMemory Memory)> estimates)
    {
        return Row(figure, estimates, "compute", LlamaCppBufferKind.Compute);
    }

    private static IEnumerable<ErrorSample> Samples(
        IEnumerable<(BufferRow Row, LlamaCppMemory Memory)> estimates, string column, LlamaCppBufferKind[] kinds)
    {
        return from estimate in estimates
               from device in Devices
               let reported = estimate.Row[$"{column}_{device.Suffix}"]
               let bytes = kinds.Sum(kind => estimate.Memory.BytesOf(kind, device.Gpu))
               where reported != 0 || bytes != 0
               select new ErrorSample($"{estimate.Row}, {device.Suffix}", (bytes - (double)reported) / Math.Max(1, reported));
    }
}
