namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>How llama.cpp spreads a model over several GPUs (<c>--split-mode</c>).</summary>
public enum LlamaCppSplitMode
{
    /// <summary>Whole layers, with their part of the cache: the default.</summary>
    Layer,

    /// <summary>One GPU alone, the main one.</summary>
    None,

    /// <summary>The rows of each matrix. llama.cpp v0.5.0 no longer has it on CUDA.</summary>
    Row,

    /// <summary>Each matrix and the cache, computed side by side. An experiment in llama.cpp v0.5.0.</summary>
    Tensor,
}
