using LlmMemory.DataTypes;
using LlmMemory.Naming;
using LlmMemory.Quantization;

namespace LlmMemory.Binding;

/// <summary>
/// A way to store weights, by name; null for a blank. What it means depends on what is known: a data type for a
/// count of parameters, a scheme for the tensors of a model.
/// </summary>
public sealed class WeightFormatArgument : BoundArgument<INamed?>
{
    internal WeightFormatArgument(object? given)
        : base(given, Find)
    {
    }

    /// <summary>The name of what was read, null for a blank.</summary>
    internal string? Name => Value?.Name;

    /// <summary>The data type, null for a blank.</summary>
    /// <exception cref="Errors.LlmMemoryException">The format treats tensors differently: only a model tells its size.</exception>
    internal DataType? DataType => WeightFormats.DataTypeOf(Value);

    /// <summary>The scheme. To be asked only where <see cref="Name"/> is not null.</summary>
    /// <exception cref="Errors.LlmMemoryException">The data type is no way to store a whole model.</exception>
    internal QuantizationScheme Scheme => WeightFormats.SchemeOf(Value!);

    private static INamed? Find(object? value)
    {
        return value is INamed named ? named : Setting.Find(value, WeightFormats.All);
    }
}
