using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Models.Reading;

/// <summary>
/// How a GGUF model is built, as far as caches and activations depend on it: for each layer its attention or its
/// recurrence, and its feed-forward network. Its tensors are not derived from this; the file has them.
/// </summary>
internal sealed class GgufArchitectureReader
{
    private readonly GgufHyperparameters _hyperparameters;
    private readonly TensorInventory _tensors;

    /// <summary>Prepares reading.</summary>
    /// <param name="hyperparameters">The metadata.</param>
    /// <param name="tensors">The model's tensors.</param>
    public GgufArchitectureReader(GgufHyperparameters hyperparameters, TensorInventory tensors)
    {
        _hyperparameters = hyperparameters;
        _tensors = tensors;
    }

    /// <summary>The architecture; null where the file has layers of a kind that is not known, or lacks dimensions.</summary>
    public ModelArchitecture? Read()
    {
        if (_hyperparameters.HiddenSize is not { } hiddenSize || _hyperparameters.Layers is not { } count)
        {
            return null;
        }

        var layers = ReadLayers(hiddenSize, count);
        return layers is null
            ? null
            : new ModelArchitecture
            {
                ModelType = _hyperparameters.Architecture,
                HiddenSize = hiddenSize,
                VocabularySize = _tensors.FirstOrDefault(IsEmbedding)?.Shape[0] ?? 0,
                ContextLength = _hyperparameters.ContextLength,
                TiesEmbeddings = !_tensors.Any(tensor => tensor.RoleKind == TensorRole.Head),
                RotaryPositions = new RotaryPositions(1, _hyperparameters.Dimension("rope.dimension_count")),
                Sections = Sections(layers, count - _hyperparameters.DraftLayers),
            };
    }

    private List<ModelLayer>? ReadLayers(int hiddenSize, int count)
    {
        var attention = new GgufAttentionReader(_hyperparameters, hiddenSize, count);
        var recurrence = new GgufRecurrenceReader(_hyperparameters, hiddenSize);
        var network = new GgufFeedForwardReader(_hyperparameters, hiddenSize);
        var tensors = _tensors.Where(tensor => tensor.Layer is not null).ToLookup(tensor => tensor.Layer!.Value);
        var layers = new List<ModelLayer>(count);
        for (var i = 0; i < count; i++)
        {
            var layer = new GgufLayer(i, tensors[i]);
            TokenMixer?[] mixers = [recurrence.Read(layer), attention.Read(layer)];
            List<Block> blocks = [.. mixers.OfType<TokenMixer>()];
            if (blocks.Count == 0 && HasUnknownMixer(layer))
            {
                return null;
            }

            layers.Add(new ModelLayer(i, [.. blocks, .. network.Read(layer)]));
        }

        return layers;
    }

    private static bool HasUnknownMixer(GgufLayer layer)
    {
        return layer.HasAny("attn_") || layer.HasAny("ssm_") || layer.HasAny("time_mix_") || layer.HasAny("cross_attn_");
    }

    private List<ModelSection> Sections(List<ModelLayer> layers, int decoderLayers)
    {
        List<ModelSection> sections =
        [
            new ModelSection
            {
                Part = _hyperparameters.IsCausal ? ModelPart.Text : ModelPart.Encoder,
                LayerPrefix = "blk.",
                Layers = layers.GetRange(0, decoderLayers),
            },
        ];
        if (decoderLayers < layers.Count)
        {
            var drafts = layers.Skip(decoderLayers).Select((layer, index) => new ModelLayer(index, layer.Blocks));
            sections.Add(new ModelSection
            {
                Part = ModelPart.Mtp,
                LayerPrefix = "blk.",
                FirstLayerNumber = decoderLayers,
                Layers = [.. drafts],
            });
        }

        return sections;
    }

    private static bool IsEmbedding(ModelTensor tensor)
    {
        return tensor is { RoleKind: TensorRole.Embedding, Layer: null, Shape.Count: 2 };
    }
}
