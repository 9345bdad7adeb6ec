using System.Collections.Generic;
using LlmMemory.Launching;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;
using LlmMemory.Workloads;
using LlmMemory.Workloads.Serving;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Core.Tests.Launching;

/// <summary>What is started in the golden files. Figures are set by hand: the files say how a start is written, not how much it takes.</summary>
internal static class LaunchCases
{
    private const long GiB = 1L << 30;

    private static readonly LaunchFigures ServingFigures = new()
    {
        WeightBytes = 132 * GiB,
        KvCacheBytes = 140 * GiB,
        ActivationBytes = 8 * GiB,
        OverheadBytes = 14 * GiB,
        TotalBytes = 294 * GiB,
        MaxDeviceBytes = 73 * GiB,
        LowBytes = 290 * GiB,
        HighBytes = 300 * GiB,
        Validation = "HeldOut",
        Capacity = "459,088 tokens, 56.04 requests of full length",
    };

    private static readonly LaunchFigures TrainingFigures = new()
    {
        WeightBytes = 15 * GiB,
        ActivationBytes = 40 * GiB,
        GradientBytes = 15 * GiB,
        OptimizerBytes = 90 * GiB,
        TotalBytes = 160 * GiB,
        MaxDeviceBytes = 20 * GiB,
    };

    /// <summary>A model of many ranks in vLLM.</summary>
    public static LaunchRequest Vllm { get; } = new()
    {
        Model = "llama-3.1-70b",
        DataType = "BF16",
        Mode = "Inference",
        Engine = "vLLM",
        EngineVersion = "0.19",
        GpuCount = 4,
        Figures = ServingFigures,
        Serving = new InferenceWorkload
        {
            ContextLength = 8192,
            Concurrency = 16,
            TensorParallel = 4,
            PipelineParallel = 1,
            DataParallel = 1,
            KvCacheType = CacheTypes.Fp8,
            DeviceMemory = 80 * GiB,
            GpuMemoryUtilization = 0.95m,
            MaxSequences = 1024,
            MaxBatchedTokens = 8192,
        },
        Assumptions = ["max_num_seqs 1024, vLLM's default for the device (-MaxSequences).", "max_num_batched_tokens 8192 (-MaxBatchedTokens)."],
    };

    /// <summary>A GGUF file, partly on one GPU.</summary>
    public static LaunchRequest LlamaCpp { get; } = new()
    {
        Model = "llama-3.1-8b",
        DataType = "Q4_K_M",
        Mode = "Inference",
        Engine = "LlamaCpp",
        EngineVersion = "0.5.0",
        GpuCount = 1,
        Figures = ServingFigures with { HostBytes = 2 * GiB },
        Serving = new InferenceWorkload
        {
            ContextLength = 16384,
            Concurrency = 2,
            KvCacheType = CacheTypes.All.Find("q8_0"),
            ValueCacheType = CacheTypes.All.Find("q8_0"),
            BatchSize = 2048,
            MicroBatchSize = 512,
            GpuLayers = 20,
            FlashAttention = true,
        },
    };

    /// <summary>All weights of a model on two nodes.</summary>
    public static LaunchRequest Zero { get; } = new()
    {
        Model = "llama-3.1-8b",
        DataType = "BF16",
        Mode = "Training",
        Engine = "HFTrainer",
        EngineVersion = "4.49",
        GpuCount = 16,
        Figures = TrainingFigures,
        Training = new TrainingRun
        {
            MicroBatchSize = 2,
            SequenceLength = 4096,
            GradientAccumulation = 4,
            DataParallel = 16,
            Sharding = Sharding.ZeroThree,
            Optimizer = Optimizer.AdamW8Bit,
            Precision = TrainingPrecision.Mixed,
            Recompute = Recomputation.Full,
        },
    };

    /// <summary>The same under FSDP on one node.</summary>
    public static LaunchRequest Fsdp { get; } = Zero with
    {
        GpuCount = 8,
        Training = Zero.Training! with { DataParallel = 8, Sharding = Sharding.FullShard },
    };

    /// <summary>Only a count is known.</summary>
    public static LaunchRequest Count { get; } = new()
    {
        DataType = "BF16",
        Mode = "Inference",
        GpuCount = 1,
        Figures = new() { WeightBytes = 13 * GiB, TotalBytes = 13 * GiB, MaxDeviceBytes = 13 * GiB },
    };

    /// <summary>Each golden file with what it is written from.</summary>
    public static IReadOnlyList<(string File, string Target, LaunchRequest Request, LaunchShell Shell)> Golden { get; } =
    [
        ("vllm.sh", "vLLM", Vllm, LaunchShell.Bash),
        ("vllm.ps1", "vLLM", Vllm, LaunchShell.PowerShell),
        ("vllm-everything.sh", "vLLM", Everything("vLLM") with { GpusPerNode = 4 }, LaunchShell.Bash),
        ("sglang.sh", "SGLang", Everything("SGLang"), LaunchShell.Bash),
        ("llamacpp.sh", "LlamaCpp", LlamaCpp, LaunchShell.Bash),
        ("llamacpp-everything.sh", "LlamaCpp", OfLlamaCpp("LlamaCpp"), LaunchShell.Bash),
        ("ollama.Modelfile", "Ollama", LlamaCpp with { Engine = "Ollama", Serving = LlamaCpp.Serving! with { ContextLength = 8192 } }, LaunchShell.Bash),
        ("tgi.sh", "TGI", Vllm, LaunchShell.Bash),
        ("deepspeed.json", "DeepSpeed", Zero, LaunchShell.Bash),
        ("accelerate-zero.yaml", "Accelerate", Zero, LaunchShell.Bash),
        ("accelerate-fsdp.yaml", "Accelerate", Fsdp, LaunchShell.Bash),
        ("torchrun.sh", "torchrun", Fsdp, LaunchShell.Bash),
        ("torchrun-nodes.sh", "torchrun", Zero, LaunchShell.Bash),
        ("kubernetes.yaml", "Kubernetes", Vllm, LaunchShell.Bash),
        ("kubernetes-amd.yaml", "Kubernetes", LlamaCpp with { GpuCount = 2, GpuVendor = GpuVendor.Amd }, LaunchShell.Bash),
        ("slurm.sh", "Slurm", Zero, LaunchShell.Bash),
        ("ray.py", "Ray", Vllm, LaunchShell.Bash),
        ("ray-count.py", "Ray", Count, LaunchShell.Bash),
    ];

    /// <summary>A request in which every setting of a server was said.</summary>
    public static LaunchRequest Everything(string engine)
    {
        return Vllm with
        {
            Engine = engine,
            GpuCount = 16,
            Assumptions = [],
            Serving = Vllm.Serving! with
            {
                PromptLength = 2048,
                OutputLength = 512,
                SharedPrefixLength = 1024,
                PipelineParallel = 2,
                DataParallel = 2,
                DecodeContextParallel = 2,
                ExpertParallel = true,
                PrefixCaching = false,
                EnforceEager = true,
                LoraSlots = 4,
                MaxLoraRank = 64,
                SpeculativeTokens = 3,
            },
        };
    }

    /// <summary>A request in which every setting of llama.cpp was said.</summary>
    public static LaunchRequest OfLlamaCpp(string engine)
    {
        var other = ModelReader.FromCatalogue(ModelCatalogue.All.Find("gpt2"));
        return LlamaCpp with
        {
            Engine = engine,
            GpuCount = 2,
            Serving = LlamaCpp.Serving! with
            {
                BatchSize = 1024,
                MicroBatchSize = 256,
                ValueCacheType = CacheTypes.All.Find("q4_0"),
                GpuCount = 2,
                TensorSplit = [3, 1],
                SplitMode = "Row",
                MainGpu = 1,
                OverrideTensor = ["ffn_(up|down)_exps=CPU", "blk.0=CUDA1"],
                CpuMoe = true,
                CpuMoeLayers = 3,
                NoKvOffload = true,
                UnifiedKv = true,
                FlashAttention = true,
                NoMemoryMap = true,
                Projector = other,
                LoraAdapter = [other],
                DraftModel = other,
                DraftGpuLayers = 7,
                SpeculativeTokens = 5,
            },
        };
    }
}
