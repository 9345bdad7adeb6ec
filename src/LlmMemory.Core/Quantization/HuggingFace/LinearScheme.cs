using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization.HuggingFace;

/// <summary>
/// A scheme that stores the linear layers of a model one way, and leaves the rest as it is; so also weights of a shape
/// that the format cannot hold, as the tools do.
/// </summary>
internal sealed class LinearScheme : QuantizationScheme
{
    private readonly WeightStorage _storage;
    private readonly bool _expertsAlone;

    /// <summary>Creates a scheme.</summary>
    /// <param name="storage">How a weight is stored.</param>
    /// <param name="name">What users call it.</param>
    /// <param name="description">One line for a tooltip.</param>
    /// <param name="dataType">What it means for a bare count of parameters, null where only tensors tell.</param>
    /// <param name="expertsAlone">True to store the routed experts alone, where the model has any.</param>
    /// <param name="aliases">Other spellings.</param>
    public LinearScheme(
        WeightStorage storage,
        string name,
        string description,
        DataType? dataType = null,
        bool expertsAlone = false,
        params string[] aliases)
        : base(name, description, aliases)
    {
        _storage = storage;
        _expertsAlone = expertsAlone;
        DataType = dataType;
    }

    /// <inheritdoc/>
    public override DataType? DataType { get; }

    internal override TensorInventory Apply(TensorInventory weights, ModelArchitecture? architecture)
    {
        PlainWeights.Ensure(weights, Name);
        var experts = _expertsAlone && weights.Any(StoredWeightRule.IsExpert);
        var stored = 0;
        var tensors = new TensorInventory([.. weights.SelectMany(Store)]);
        return stored > 0 ? tensors : throw Impossible();

        IEnumerable<ModelTensor> Store(ModelTensor tensor)
        {
            var isWanted = experts ? StoredWeightRule.IsExpert(tensor) : StoredWeightRule.IsLinearOfLayer(tensor);
            if (!isWanted || new WeightMatrix(tensor) is var matrix && !_storage.CanStore(matrix))
            {
                return [tensor];
            }

            stored++;
            return _storage.Store(matrix);
        }
    }

    private LlmMemoryException Impossible()
    {
        return new LlmMemoryException(
            ErrorIds.QuantizationImpossible,
            Name,
            $"No weight of the model can be stored as {Name}: its groups do not divide their rows, or it has no linear layers. "
            + "Try one with smaller groups, such as GPTQ-g32, or one without: FP8.");
    }
}
