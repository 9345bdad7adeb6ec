using System;
using LlmMemory.Errors;
using LlmMemory.Models;

namespace LlmMemory.Adapters;

/// <summary>Lays an adapter out beside a known model, tensor by tensor, as huggingface/peft does.</summary>
public static class AdapterBuilder
{
    /// <summary>Lays an adapter out.</summary>
    /// <param name="model">The base model, its weights stored as they will be.</param>
    /// <param name="specification">The adapter.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.AdapterTargetUnknown"/>, <see cref="ErrorIds.AdapterTargetUnsupported"/>,
    /// <see cref="ErrorIds.AdapterPatternInvalid"/>, <see cref="ErrorIds.AdapterRankOutOfRange"/>,
    /// <see cref="ErrorIds.AdapterSettingInvalid"/>, <see cref="ErrorIds.AdapterNeedsCheckpoint"/>,
    /// <see cref="ErrorIds.EstimateOverflow"/>.
    /// </exception>
    public static AdapterInventory Build(LlmModel model, AdapterSpecification specification)
    {
        if (model is null || specification is null)
        {
            throw new ArgumentNullException(model is null ? nameof(model) : nameof(specification));
        }

        try
        {
            return new AdapterLayout(model, specification).Build();
        }
        catch (OverflowException overflow)
        {
            throw new LlmMemoryException(
                ErrorIds.EstimateOverflow,
                model.Name,
                $"The adapter of {Quoted.Value(model.Name)} does not fit 64 bits. Take a smaller rank.",
                overflow);
        }
    }
}
