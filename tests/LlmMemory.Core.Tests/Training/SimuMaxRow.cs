using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using LlmMemory.Estimation;
using LlmMemory.Estimation.Training;
using LlmMemory.Models.Reading;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Core.Tests.Training;

/// <summary>
/// The most that torch allocated on any of eight B200 under Megatron-LM with Transformer Engine 2.11, of models cut to a
/// few layers, and what SimuMax calculates for it. Source: MooreThreads/SimuMax docs/b200/b200_release_v1.2_summary.md;
/// dimensions by configs/models there (DeepSeek with one dense layer).
/// </summary>
internal sealed record SimuMaxRow(IReadOnlyDictionary<string, string> Cells)
{
    private static readonly Dictionary<string, string> Models = new(StringComparer.Ordinal)
    {
        ["llama-3-70b"] = """
            "model_type": "llama", "hidden_size": 8192, "intermediate_size": 28672, "num_attention_heads": 64, "num_key_value_heads": 8, "vocab_size": 128256
            """,
        ["llama-3-405b"] = """
            "model_type": "llama", "hidden_size": 16384, "intermediate_size": 53248, "num_attention_heads": 128, "num_key_value_heads": 8, "vocab_size": 128256
            """,
        ["deepseek-v2"] = """
            "model_type": "deepseek_v2", "hidden_size": 5120, "intermediate_size": 12288, "num_attention_heads": 128, "num_key_value_heads": 128, "vocab_size": 102400,
            "q_lora_rank": 1536, "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128,
            "n_routed_experts": 160, "num_experts_per_tok": 6, "n_shared_experts": 2, "moe_intermediate_size": 1536, "first_k_dense_replace": 1
            """,
        ["deepseek-v3"] = """
            "model_type": "deepseek_v3", "hidden_size": 7168, "intermediate_size": 18432, "num_attention_heads": 128, "num_key_value_heads": 128, "vocab_size": 129280,
            "q_lora_rank": 1536, "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128, "num_nextn_predict_layers": 0,
            "n_routed_experts": 256, "num_experts_per_tok": 8, "n_shared_experts": 1, "moe_intermediate_size": 2048, "first_k_dense_replace": 1
            """,
    };

    public string Model => Cells["model"];

    public bool SplitsContext => Cells["cp"] != "1";

    /// <summary>True where the rules were written down without the row.</summary>
    public bool IsBlind => SplitsContext || Model == "llama-3-70b";

    public string Name => $"{Model}, {Cells["layers"]} layers, TP {Cells["tp"]}, CP {Cells["cp"]}, EP {Cells["ep"]}, PP {Cells["pp"]}, {Cells["sequence"]} tokens";

    public double Error => (Estimate().MaxDeviceBytes / Measured) - 1;

    /// <summary>How far SimuMax, a simulator made for Megatron, lies from the same figure.</summary>
    public double ErrorOfSimuMax => (Gib("simumax_gib") / Measured) - 1;

    private double Measured => Gib("peak_gib");

    public static IReadOnlyList<SimuMaxRow> ReadAll()
    {
        var lines = File.ReadAllLines(ReferenceData.Carried("megatron-simumax.csv"));
        var names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => new SimuMaxRow(names.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second)))];
    }

    public MemoryEstimate Estimate()
    {
        var model = ModelReader.FromConfig($$"""{ {{Models[Model]}}, "num_hidden_layers": {{Cells["layers"]}}, "tie_word_embeddings": false, "torch_dtype": "bfloat16" }""");
        return TrainingFrameworks.Megatron.Estimate(model, new TrainingRun
        {
            MicroBatchSize = 1,
            SequenceLength = Number("sequence"),
            GradientAccumulation = Number("micro_batches"),
            TensorParallel = Number("tp"),
            SequenceParallel = true,
            ContextParallel = Number("cp"),
            PipelineParallel = Number("pp"),
            DataParallel = Number("dp"),
            ExpertParallelSize = Number("ep"),
            TokenDispatcher = TokenDispatcher.AllToAll,
            GroupedGemm = true,
            DistributedOptimizer = true,
            Dropout = false,
            AttentionKernel = AttentionKernel.Sdpa,
            LossKernel = LossKernel.FusedCrossEntropy,
            GpuGeneration = GpuGeneration.Blackwell,
        });
    }

    private double Gib(string name)
    {
        return double.Parse(Cells[name], CultureInfo.InvariantCulture) * (1L << 30);
    }

    private int Number(string name)
    {
        return int.Parse(Cells[name], CultureInfo.InvariantCulture);
    }
}
