using System.Collections.Generic;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models;

/// <summary>A stack of layers and what lies around it: a language model, an encoder, a vision tower, an MTP module.</summary>
public sealed class ModelSection
{
    /// <summary>The part of the model that it is.</summary>
    public required ModelPart Part { get; init; }

    /// <summary>What the names of its tensors start with: <c>model.</c></summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>What the names of its layers start with, after <see cref="Prefix"/>; the number follows.</summary>
    public string LayerPrefix { get; init; } = "layers.";

    /// <summary>The number that the first layer has in the checkpoint: MTP layers are counted on from the decoder's.</summary>
    public int FirstLayerNumber { get; init; }

    /// <summary>What lies outside the layers: embeddings, positions, the last normalisation.</summary>
    public IReadOnlyList<Block> Blocks { get; init; } = [];

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<ModelLayer> Layers { get; init; } = [];

    /// <summary>What lies outside the layers and does not have their prefix: a head.</summary>
    public IReadOnlyList<Block> OuterBlocks { get; init; } = [];

    /// <summary>What the names of the outer blocks start with: nothing, or where the language model stands in a larger one.</summary>
    public string OuterPrefix { get; init; } = string.Empty;

    /// <summary>Writes the tensors of the section.</summary>
    internal void WriteTensors(TensorScope scope)
    {
        var inner = scope with { Part = Part, Prefix = Prefix };
        Write(Blocks, inner);
        foreach (var layer in Layers)
        {
            var number = FirstLayerNumber + layer.Index;
            Write(layer.Blocks, inner.In($"{LayerPrefix}{number}.") with { Layer = number });
        }

        Write(OuterBlocks, scope with { Part = Part, Prefix = OuterPrefix });
    }

    /// <summary>The same section under other names, as part of a larger model.</summary>
    internal ModelSection Renamed(string prefix, string outerPrefix)
    {
        return new ModelSection
        {
            Part = Part,
            Prefix = prefix,
            LayerPrefix = LayerPrefix,
            FirstLayerNumber = FirstLayerNumber,
            Blocks = Blocks,
            Layers = Layers,
            OuterBlocks = OuterBlocks,
            OuterPrefix = outerPrefix,
        };
    }

    private static void Write(IReadOnlyList<Block> blocks, TensorScope scope)
    {
        foreach (var block in blocks)
        {
            block.WriteTensors(scope);
        }
    }
}
