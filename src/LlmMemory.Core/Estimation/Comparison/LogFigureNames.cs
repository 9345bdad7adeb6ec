namespace LlmMemory.Estimation.Comparison;

/// <summary>What figures are called: the names of estimates, so that both stand on one line.</summary>
internal static class LogFigureNames
{
    public const string Weights = "Weights";

    public const string KvCache = "KV cache";

    public const string SlidingKvCache = "Sliding KV cache";

    public const string RecurrentState = "Recurrent state";

    public const string Activations = "Activations";

    public const string OutsidePyTorch = "Outside PyTorch";

    public const string CudaGraphs = "CUDA graphs";

    public const string Compute = "Compute";

    public const string Output = "Output";

    public const string Adapters = "Adapters";

    public const string ProjectorWeights = "Projector: Weights";

    public const string ProjectorCompute = "Projector: Compute";

    public const string Budget = "Budget";

    public const string Total = "Total";

    public const string CacheTokens = "KV cache tokens";

    public const string CacheBlocks = "KV cache blocks";

    public const string MaxConcurrency = "Max concurrency";
}
