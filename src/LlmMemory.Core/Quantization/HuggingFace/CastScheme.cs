using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.HuggingFace;

/// <summary>Every weight in another plain float; what a checkpoint keeps in a type of its own stays so.</summary>
internal sealed class CastScheme(DataType dataType)
    : QuantizationScheme(dataType.Name, dataType.Description, [.. dataType.Aliases])
{
    /// <inheritdoc/>
    public override DataType? DataType => dataType;

    internal override TensorInventory Apply(TensorInventory weights, ModelArchitecture? architecture)
    {
        PlainWeights.Ensure(weights, Name);
        return new TensorInventory([.. weights.Select(tensor => tensor.KeepsDataType ? tensor : tensor.As(dataType))]);
    }
}
