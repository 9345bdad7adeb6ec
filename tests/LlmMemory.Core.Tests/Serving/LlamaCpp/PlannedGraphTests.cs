using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using LlmMemory.Core.Tests.Gguf;
using LlmMemory.DataTypes;
using LlmMemory.Estimation.Serving.LlamaCpp;
using LlmMemory.Estimation.Serving.LlamaCpp.Compute;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Serving.LlamaCpp;

/// <summary>
/// Compute buffers of small models, one for each further architecture, on the CPU: what llama.cpp 0.5.0 (de3ff815)
/// planned for GGUF files of six layers that were made for the purpose, as its own memory breakdown has it.
/// </summary>
public sealed class PlannedGraphTests
{
    private const string WithoutGraph = "mistral3";

    public static TheoryData<string> Models => [.. Rows().Select(row => row[0]).Distinct().Where(model => model != WithoutGraph)];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_graph_of_an_architecture_is_planned_as_llama_cpp_plans_it(string model)
    {
        var rows = Rows().Where(row => row[0] == model).ToList();

        Assert.Equal(
            rows.Select(row => $"{string.Join(' ', row)}, {ComputeMethod.Emulated}"),
            rows.Select(row => (Row: row, Memory: Estimate(row))).Select(pair => $"{string.Join(' ', pair.Row[..^1])} {Compute(pair.Memory)}, {pair.Memory.ComputeMethod}"));
    }

    [Fact]
    public void A_planned_graph_says_so_in_its_formula()
    {
        var memory = Estimate(Rows().First(row => row[0] == "glm4"));

        Assert.StartsWith("planned graph of glm4: 512 tokens", Buffer(memory).Formula);
        Assert.DoesNotContain(memory.Assumptions, assumption => assumption.Contains("closed form"));
    }

    [Fact]
    public void An_architecture_without_a_graph_says_how_far_off_its_closed_form_may_be()
    {
        var memory = Estimate(Rows().First(row => row[0] == WithoutGraph));

        Assert.Equal(ComputeMethod.ClosedForm, memory.ComputeMethod);
        Assert.StartsWith("closed form: ", Buffer(memory).Formula);
        Assert.Contains(memory.Assumptions, assumption => assumption.Contains("mistral3 is not planned here") && assumption.Contains("1.8 %"));
    }

    [Fact]
    public void Its_closed_form_is_within_a_tenth()
    {
        var rows = Rows().Where(row => row[0] == WithoutGraph).ToList();

        Assert.All(rows, row => Assert.InRange(Compute(Estimate(row)) / (double)long.Parse(row[^1], CultureInfo.InvariantCulture), 0.9, 1.1));
    }

    private static IEnumerable<string[]> Rows()
    {
        return File.ReadLines(ReferenceData.Carried("llamacpp", "graphs.csv")).Skip(1).Select(line => line.Split(','));
    }

    private static long Compute(LlamaCppMemory memory)
    {
        return memory.BytesOf(LlamaCppBufferKind.Compute, null);
    }

    private static LlamaCppBuffer Buffer(LlamaCppMemory memory)
    {
        return memory.Buffers.Single(buffer => buffer.Kind == LlamaCppBufferKind.Compute);
    }

    private static LlamaCppMemory Estimate(string[] row)
    {
        var spec = new GgufSpec(ReferenceData.Carried("llamacpp", "graphs"), row[0]);
        var type = DataTypeCatalogue.All.Find(row[7]);
        return LlamaCppMemory.Of(ModelReader.FromGguf(spec.File(), row[0]), new LlamaCppSettings
        {
            ContextLength = int.Parse(row[1], CultureInfo.InvariantCulture),
            MicroBatchSize = int.Parse(row[2], CultureInfo.InvariantCulture),
            Slots = int.Parse(row[3], CultureInfo.InvariantCulture),
            MaxOutputs = int.Parse(row[4], CultureInfo.InvariantCulture),
            FlashAttention = row[5] == "1" ? FlashAttentionMode.On : FlashAttentionMode.Off,
            UnifiedKv = row[6] == "1",
            KeyCacheType = type,
            ValueCacheType = type,
            DeviceCount = 0,
            Repack = false,
        });
    }
}
