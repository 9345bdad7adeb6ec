using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using LlmMemory.Errors;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Comparison;
using LlmMemory.Workloads.Serving;
using Xunit;

namespace LlmMemory.Core.Tests.Comparison;

/// <summary>Logs are text that anybody may have written: whatever stands in one, the answer is figures or one error.</summary>
public sealed class HostileLogTests
{
    private static readonly MemoryEstimate[] Estimates =
    [
        Logs.Vllm(new InferenceWorkload { TensorParallel = 2, DeviceMemory = 80L << 30 }),
        Logs.LlamaCpp(new InferenceWorkload { ContextLength = 4096 }),
    ];

    [Theory]
    [InlineData("vllm-tp2.log")]
    [InlineData("vllm-v0.log")]
    [InlineData("sglang-tp2.log")]
    [InlineData("llama-server.log")]
    [InlineData("ollama.log")]
    [InlineData("ollama-plan.log")]
    public void A_damaged_log_is_read_or_refused_and_nothing_else(string name)
    {
        const string Letters = "0123456789.,-+eE=_:[]() \u001b\r\n\t\0\ufffdGMKiBx#'\"";
        var text = File.ReadAllText(ReferenceData.Carried("logs", name));
        var random = new Random(20261124);
        var (read, refused) = (0, 0);
        for (var round = 0; round < 400; round++)
        {
            var damaged = new StringBuilder(text);
            for (var i = random.Next(1, 40); i > 0; i--)
            {
                var at = random.Next(damaged.Length);
                switch (random.Next(3))
                {
                    case 0:
                        damaged[at] = Letters[random.Next(Letters.Length)];
                        break;
                    case 1:
                        damaged.Remove(at, Math.Min(random.Next(60), damaged.Length - at));
                        break;
                    default:
                        damaged.Insert(at, damaged.ToString(0, Math.Min(damaged.Length, random.Next(200))));
                        break;
                }
            }

            _ = TryCompare(damaged.ToString()) ? read++ : refused++;
        }

        Assert.True(read > 200, $"{read} read, {refused} refused");
    }

    // Backtracking would take hours on these.
    [Fact]
    public void Lines_that_are_made_to_be_slow_are_not()
    {
        var clock = Stopwatch.StartNew();
        foreach (var unit in new[] { "(Worker_TP0", "Worker_TP1_TP1", " x: y buffer size", "Load weight end. mem usage=", "server_args=ServerArgs(", "[1111111111 TP1 ", "general.name  = ", "msg=\"starting runner\"" })
        {
            TryCompare(string.Concat(Enumerable.Repeat(unit, 30_000 / unit.Length)));
        }

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    private static bool TryCompare(string text)
    {
        try
        {
            using var reader = new StringReader(text);
            var log = EngineLog.FromReader(reader, "test");
            return Array.Exists(Estimates, estimate => TryCompare(estimate, log));
        }
        catch (LlmMemoryException)
        {
            return false;
        }
    }

    private static bool TryCompare(MemoryEstimate estimate, EngineLog log)
    {
        try
        {
            var rows = MemoryComparison.Compare(estimate, log).Where(row => row.DifferenceBytes is not null);
            Assert.All(rows, row => Assert.Equal(row.DifferenceBytes, row.Parts.Sum(part => part.Bytes)));
            return true;
        }
        catch (LlmMemoryException)
        {
            return log.Engine == "SGLang";
        }
    }
}
