using System;
using System.Collections.Generic;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Naming;

namespace LlmMemory.Quantization;

/// <summary>
/// A way to store the weights of a model: which tensors it changes, which stay as they are, and how many bytes the
/// changed ones take with everything that they need. Casting to another type (BF16) is the simplest one.
/// </summary>
public abstract class QuantizationScheme : INamed
{
    private protected QuantizationScheme(string name, string description, params string[] aliases)
    {
        Name = name;
        Description = description;
        Aliases = aliases;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Aliases { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>
    /// How a weight is stored when nothing but a parameter count is known; null for a scheme that treats tensors
    /// differently, so that only a model's tensors tell its size.
    /// </summary>
    public abstract DataType? DataType { get; }

    /// <inheritdoc/>
    public override string ToString()
    {
        return Name;
    }

    /// <summary>The model as it would be with its weights stored this way.</summary>
    /// <param name="model">A model whose weights are plain floats.</param>
    /// <exception cref="LlmMemoryException">
    /// The scheme cannot store this model; or <see cref="ErrorIds.ModelTooLarge"/>.
    /// </exception>
    public LlmModel Quantize(LlmModel model)
    {
        if (model is null)
        {
            throw new ArgumentNullException(nameof(model));
        }

        try
        {
            var tensors = Apply(model.Tensors, model.Architecture);
            return model.With(tensors, Name);
        }
        catch (OverflowException overflow)
        {
            throw new LlmMemoryException(
                ErrorIds.ModelTooLarge, model.Name, $"{Quoted.Value(model.Name)} in {Name} does not fit 64 bits.", overflow);
        }
    }

    /// <summary>Stores a model's weights this way.</summary>
    /// <param name="weights">The model's tensors, unquantised.</param>
    /// <param name="architecture">How the model is built, null where only its tensors are known.</param>
    /// <returns>The tensors as they would lie in the checkpoint: codes, scales, and what stays.</returns>
    /// <exception cref="LlmMemoryException">The scheme cannot store this model.</exception>
    internal abstract TensorInventory Apply(TensorInventory weights, ModelArchitecture? architecture);
}
