using System.Collections.Generic;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models;

/// <summary>
/// How a model is built: its sections, their layers, and the blocks of each with their dimensions. Weights, caches
/// and activations all follow from it.
/// </summary>
public sealed class ModelArchitecture
{
    /// <summary>The model_type of the configuration that the language model follows.</summary>
    public required string ModelType { get; init; }

    /// <summary>The width of the hidden states of the language model.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>The rows of the embedding.</summary>
    public required long VocabularySize { get; init; }

    /// <summary>The tokens that the model was made for, null where the configuration does not say.</summary>
    public long? ContextLength { get; init; }

    /// <summary>True where the head is the embedding.</summary>
    public bool TiesEmbeddings { get; init; }

    /// <summary>How rotary positions are stretched; null where they are not, and where nothing is said about it.</summary>
    public RotaryScaling? RotaryScaling { get; init; }

    /// <summary>How much of a head positions turn.</summary>
    public RotaryPositions RotaryPositions { get; init; } = new(1);

    /// <summary>The type that the states of recurrences want to be kept in; null for that of the model.</summary>
    public DataType? RecurrentStateDataType { get; init; }

    /// <summary>All sections; the language model is the first that is <see cref="ModelPart.Text"/>.</summary>
    public required IReadOnlyList<ModelSection> Sections { get; init; }

    /// <summary>The layers of the language model; for an encoder-only model, the encoder's.</summary>
    public IReadOnlyList<ModelLayer> Layers =>
        (Sections.FirstOrDefault(section => section.Part == ModelPart.Text) ?? Sections[0]).Layers;

    /// <summary>True where text is generated token by token; false for a model that only encodes, which caches nothing.</summary>
    public bool Generates => Sections.Any(section => section.Part == ModelPart.Text);

    /// <summary>Writes out every tensor of the model, all in one data type but for those that have their own.</summary>
    /// <param name="dataType">How the weights are stored.</param>
    internal TensorInventory ToInventory(DataType dataType)
    {
        var tensors = new List<ModelTensor>();
        var scope = new TensorScope { Tensors = tensors, Part = ModelPart.Text, DataType = dataType };
        foreach (var section in Sections)
        {
            section.WriteTensors(scope);
        }

        return new TensorInventory(tensors);
    }
}
