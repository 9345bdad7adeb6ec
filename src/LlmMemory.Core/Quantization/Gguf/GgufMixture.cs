using LlmMemory.DataTypes;
using LlmMemory.Models;

namespace LlmMemory.Quantization.Gguf;

/// <summary>
/// A mixture of llama-quantize: which of ggml's types each tensor gets. Applied to a model that is not in GGUF, it
/// first does what convert_hf_to_gguf does to the tensors.
/// </summary>
public sealed class GgufMixture : QuantizationScheme
{
    private readonly GgufMixtureRules _rules;

    internal GgufMixture(
        string name, string description, GgufMixtureRules rules, bool hasImportanceMatrix = false, params string[] aliases)
        : base(name, description, aliases)
    {
        _rules = rules;
        HasImportanceMatrix = hasImportanceMatrix;
    }

    /// <summary>Null: the types of the tensors differ, so that only a model's tensors tell its size.</summary>
    public override DataType? DataType => null;

    /// <summary>
    /// True where the mixture is made with an importance matrix: some need one, others choose other types with one.
    /// </summary>
    public bool HasImportanceMatrix { get; }

    internal override TensorInventory Apply(TensorInventory weights, ModelArchitecture? architecture)
    {
        var converted = GgufConversion.Convert(weights, architecture);
        return new GgufQuantizer(_rules, converted.Traits, HasImportanceMatrix).Apply(converted.Tensors);
    }
}
