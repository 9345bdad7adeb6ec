using System;
using System.Diagnostics;
using System.Linq;
using LlmMemory.Planning.Limits;
using Xunit;

namespace LlmMemory.Core.Tests.Planning;

/// <summary>The search of limits says what trying says: 595 random questions over all settings.</summary>
public sealed class LimitSearchProperties
{
    [Theory]
    [InlineData("ContextLength", LimitDirection.Maximize, 70)]
    [InlineData("Concurrency", LimitDirection.Maximize, 70)]
    [InlineData("GpuLayers", LimitDirection.Maximize, 40)]
    [InlineData("LoraSlots", LimitDirection.Maximize, 40)]
    [InlineData("MicroBatchSize", LimitDirection.Maximize, 50)]
    [InlineData("SequenceLength", LimitDirection.Maximize, 50)]
    [InlineData("Rank", LimitDirection.Maximize, 40)]
    [InlineData("Parameters", LimitDirection.Maximize, 40)]
    [InlineData("DataTypeBits", LimitDirection.Maximize, 35)]
    [InlineData("DataTypeBits", LimitDirection.Minimize, 20)]
    [InlineData("TensorParallel", LimitDirection.Minimize, 50)]
    [InlineData("Count", LimitDirection.Minimize, 50)]
    [InlineData("ZeroStage", LimitDirection.Minimize, 40)]
    public void The_search_finds_what_trying_every_value_finds(string setting, LimitDirection direction, int questions)
    {
        var random = new Random(20261124);
        var time = Stopwatch.StartNew();
        var differences = Enumerable.Range(0, questions)
            .Select(_ => LimitQuestions.Any(setting, direction, random).Difference(random))
            .Where(difference => difference is not null)
            .ToList();

        Assert.True(differences.Count == 0, $"{differences.Count} of {questions} in {time.Elapsed}:\n{string.Join("\n", differences)}");
    }
}
