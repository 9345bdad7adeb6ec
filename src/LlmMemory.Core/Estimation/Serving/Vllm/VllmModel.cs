using LlmMemory.Models;

namespace LlmMemory.Estimation.Serving.Vllm;

/// <summary>What vLLM reads off a model, once for all workloads.</summary>
internal sealed class VllmModel
{
    /// <summary>Reads a model.</summary>
    /// <param name="model">The model.</param>
    public VllmModel(LlmModel model)
    {
        Served = new ServedModel(model);
        Mxfp4 = new Mxfp4Experts(model);
    }

    /// <summary>What every engine reads.</summary>
    public ServedModel Served { get; }

    /// <summary>The experts in MXFP4.</summary>
    public Mxfp4Experts Mxfp4 { get; }
}
