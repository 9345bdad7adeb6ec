using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models;
using LlmMemory.Quantization.Storage;

namespace LlmMemory.Quantization.HuggingFace;

/// <summary>A scheme that stores the linear layers of a model one way, and leaves the rest as it is.</summary>
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
        return new TensorInventory([.. weights.SelectMany(Store)]);

        IEnumerable<ModelTensor> Store(ModelTensor tensor)
        {
            var isStored = experts ? StoredWeightRule.IsExpert(tensor) : StoredWeightRule.IsLinearOfLayer(tensor);
            return isStored ? _storage.Store(new WeightMatrix(tensor)) : [tensor];
        }
    }
}
