using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.Launching;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;
using Xunit;

namespace LlmMemory.Core.Tests.Launching;

/// <summary>
/// Whatever is asked for, only options and keys are written that the tool itself defines, and what was asked for is
/// written or named. The lists were read from the tools' sources, which their first lines name.
/// </summary>
public sealed class LaunchOptionTests
{
    private static readonly Dictionary<string, HashSet<string>> Known = new()
    {
        ["vLLM"] = [.. List("options-vllm.txt"), "model_tag"],
        ["SGLang"] = [.. List("options-sglang.txt")],
        ["LlamaCpp"] = [.. List("options-llamacpp.txt")],
        ["TGI"] = [.. List("options-tgi.txt")],
        ["DeepSpeed"] = [.. List("keys-deepspeed.txt")],
        ["Accelerate"] = [.. List("keys-accelerate.txt")],
        ["torchrun"] = [.. List("options-torchrun.txt")],
    };

    public static TheoryData<string, string> Everything => new()
    {
        { "vLLM", "vLLM" }, { "vLLM", "SGLang" }, { "SGLang", "SGLang" }, { "LlamaCpp", "vLLM" }, { "LlamaCpp", "LlamaCpp" }, { "vLLM", "LlamaCpp" },
    };

    [Theory]
    [MemberData(nameof(Everything))]
    public void Of_everything_that_can_be_said_only_known_options_are_written(string target, string engine)
    {
        var request = engine == "LlamaCpp" ? LaunchCases.OfLlamaCpp(engine) : LaunchCases.Everything(engine);

        AssertKnown(target, LaunchTargets.All.Find(target).Write(request));
    }

    [Property(MaxTest = 300)]
    public Property Servers_write_only_known_options_and_drop_nothing_in_silence(
        bool[] said, PositiveInt context, PositiveInt number, byte cache, byte target, bool isLlamaCpp)
    {
        var all = (isLlamaCpp ? LaunchCases.OfLlamaCpp("LlamaCpp") : LaunchCases.Everything("vLLM")).Serving!;
        bool Says(int i) => said.Length > 0 && said[i % said.Length];
        var workload = new InferenceWorkload
        {
            ContextLength = Says(0) ? context.Get : null,
            Concurrency = Says(1) ? number.Get : null,
            KvCacheType = Says(2) ? CacheTypes.All[cache % CacheTypes.All.Count] : null,
            MaxSequences = Says(3) ? number.Get : null,
            MaxBatchedTokens = Says(4) ? number.Get : null,
            GpuMemoryUtilization = Says(5) ? 0.5m : null,
            EnforceEager = Says(6),
            PrefixCaching = !Says(7),
            LoraSlots = Says(8) ? 2 : null,
            MaxLoraRank = Says(8) ? 16 : null,
            SpeculativeTokens = Says(9) ? 3 : null,
            GpuLayers = Says(10) ? number.Get : null,
            TensorSplit = Says(11) ? all.TensorSplit : [],
            OverrideTensor = Says(12) ? all.OverrideTensor : [],
            UnifiedKv = Says(13) ? Says(14) : null,
            FlashAttention = Says(15) ? Says(16) : null,
            CpuMoe = Says(17),
            NoMemoryMap = Says(18),
        };
        string[] names = ["vLLM", "SGLang", "LlamaCpp", "TGI"];
        var request = (isLlamaCpp ? LaunchCases.LlamaCpp : LaunchCases.Vllm) with { GpuCount = 1, Serving = workload, Assumptions = [] };
        var name = names[target % names.Length];
        var document = LaunchTargets.All.Find(name).Write(request);
        AssertKnown(name, document);
        return true
            .And(workload.GpuLayers is null || Mentions(document, nameof(workload.GpuLayers)))
            .And(workload.MaxSequences is null || Mentions(document, nameof(workload.MaxSequences)))
            .And(workload.SpeculativeTokens is null || Mentions(document, nameof(workload.SpeculativeTokens)))
            .And(workload.TensorSplit.Count == 0 || Mentions(document, nameof(workload.TensorSplit)))
            .And(!workload.CpuMoe!.Value || Mentions(document, nameof(workload.CpuMoe)))
            .And(workload.KvCacheType is null || (isLlamaCpp && workload.KvCacheType == CacheTypes.F16) || Mentions(document, nameof(workload.KvCacheType)));
    }

    [Property(MaxTest = 300)]
    public void Trainings_write_only_known_keys(byte sharding, byte optimizer, byte recompute, PositiveInt micro, byte ranks, bool isMixed, byte type, byte framework)
    {
        string[] types = ["BF16", "F16", "F32", "NF4"];
        string[] frameworks = ["HFTrainer", "TRL", "TorchLoop", "torchtune"];
        var run = new TrainingRun
        {
            MicroBatchSize = micro.Get,
            SequenceLength = 2048,
            GradientAccumulation = 1 + (micro.Get % 3),
            DataParallel = 1 + (ranks % 8),
            Sharding = Sharding.All[sharding % Sharding.All.Count],
            Optimizer = Optimizer.All[optimizer % Optimizer.All.Count],
            Recompute = Recomputation.All[recompute % Recomputation.All.Count],
            Precision = isMixed ? TrainingPrecision.Mixed : TrainingPrecision.Pure,
        };
        var request = LaunchCases.Zero with
        {
            Training = run, GpuCount = run.DataParallel.Value, DataType = types[type % types.Length], Engine = frameworks[framework % frameworks.Length],
        };

        foreach (var target in new[] { "Accelerate", "torchrun", LaunchTargets.DefaultFor(request).Name })
        {
            var document = LaunchTargets.All.Find(target).Write(request);
            AssertKnown(target, document);
            Assert.True(Mentions(document, nameof(run.Optimizer)), document.Text);
            Assert.True(Mentions(document, nameof(run.MicroBatchSize)), document.Text);
        }
    }

    private static bool Mentions(LaunchDocument document, string parameter)
    {
        return document.Settings.Concat(document.Environment).Any(setting => setting.Reason.Contains("-" + parameter, StringComparison.Ordinal))
            || document.Comments.Any(comment => comment.StartsWith($"-{parameter} ", StringComparison.Ordinal));
    }

    private static void AssertKnown(string target, LaunchDocument document)
    {
        Assert.NotEmpty(document.Settings);
        Assert.All(document.Settings, setting => Assert.Contains(setting.Name, Known[target]));
    }

    private static IEnumerable<string> List(string file)
    {
        return File.ReadLines(ReferenceData.Carried("launch", file)).Where(line => line.Length > 0 && line[0] != '#');
    }
}
