using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Quantization;

namespace LlmMemory.Estimation.Cases;

/// <summary>
/// What an estimate answers: a model, and what is done with it. It is kept beside the estimate, so that planning can
/// ask again with one setting changed. It never changes itself.
/// </summary>
public abstract class EstimateCase
{
    private protected EstimateCase()
    {
    }

    /// <summary>The model, its weights as they were given; null where only a count of parameters is known.</summary>
    public virtual LlmModel? Model => null;

    /// <summary>True where each device's share follows from an engine or a framework, false for one sum over all devices.</summary>
    internal virtual bool KnowsDevices => false;

    /// <summary>Makes the estimate.</summary>
    /// <exception cref="LlmMemoryException">The settings are refused, or <see cref="ErrorIds.EstimateOverflow"/>.</exception>
    public MemoryEstimate Estimate()
    {
        return Make().Answering(this);
    }

    /// <summary>The same with the model's weights, or a fine-tuning's base weights, stored another way.</summary>
    /// <param name="format">An entry of <see cref="WeightFormats"/>.</param>
    /// <exception cref="LlmMemoryException">The model cannot be stored so.</exception>
    internal abstract EstimateCase StoredAs(Naming.INamed format);

    private protected abstract MemoryEstimate Make();
}
