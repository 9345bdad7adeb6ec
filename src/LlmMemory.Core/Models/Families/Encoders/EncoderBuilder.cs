using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Encoders;

/// <summary>Builds an encoder of BERT's kind from its configuration and its style.</summary>
internal sealed class EncoderBuilder
{
    private readonly ModelConfig _config;
    private readonly EncoderStyle _style;
    private readonly EncoderDimensions _dimensions;

    /// <summary>Prepares the building.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="style">What the family's encoders are like.</param>
    public EncoderBuilder(ModelConfig config, EncoderStyle style)
    {
        _config = config;
        _style = style;
        _dimensions = EncoderDimensions.Read(config);
    }

    /// <summary>The dimensions read from the configuration.</summary>
    public EncoderDimensions Dimensions => _dimensions;

    /// <summary>Builds the model.</summary>
    /// <param name="extraBlocks">What the family has outside its layers that others have not.</param>
    /// <param name="extraMixerBlocks">What it has in each layer, after attention, that others have not.</param>
    public LanguageModel Build(IReadOnlyList<Block>? extraBlocks = null, IReadOnlyList<Block>? extraMixerBlocks = null)
    {
        var task = ModelClass.Task(_config);
        var head = _style.Head(task, _dimensions, ModelClass.Labels(_config));
        var hasPooler = _config.Bool(head.HasPooler, "add_pooling_layer");
        List<Block> blocks = [.. EmbeddingBlocks(), .. extraBlocks ?? []];
        if (hasPooler)
        {
            blocks.Add(new Linear(TensorRole.Pooler, _style.Pooler, _dimensions.HiddenSize, _dimensions.HiddenSize, Bias: true));
        }

        IReadOnlyList<Block> layer = LayerBlocks(extraMixerBlocks ?? []);
        var encoder = new ModelSection
        {
            Part = ModelPart.Encoder,
            Prefix = task.Length > 0 ? _style.Prefix : string.Empty,
            LayerPrefix = _style.LayerPrefix,
            Blocks = blocks,
            Layers = [.. Enumerable.Range(0, _dimensions.Layers).Select(index => new ModelLayer(index, layer))],
            OuterBlocks = head.Blocks,
        };
        return new LanguageModel
        {
            HiddenSize = _dimensions.HiddenSize,
            VocabularySize = _dimensions.VocabularySize,
            ContextLength = _dimensions.Positions - _style.PositionOffset,
            TiesEmbeddings = true,
            Sections = [encoder],
        };
    }

    private IEnumerable<Block> EmbeddingBlocks()
    {
        var width = _dimensions.EmbeddingSize;
        yield return new Weight(TensorRole.Embedding, "embeddings.word_embeddings.weight", _dimensions.VocabularySize, width);
        if (_style.HasPositions)
        {
            var positions = _dimensions.Positions ?? throw _config.Missing("max_position_embeddings");
            yield return new Weight(TensorRole.PositionEmbedding, "embeddings.position_embeddings.weight", positions, width);
        }

        var types = _config.Count(_style.TokenTypes, "type_vocab_size");
        if (types > 0)
        {
            yield return new Weight(TensorRole.PositionEmbedding, "embeddings.token_type_embeddings.weight", types, width);
        }

        yield return new Norm(_style.EmbeddingNorm, width, NormKind.LayerNorm);
        if (width != _dimensions.HiddenSize)
        {
            var bias = _style.EmbeddingProjection == EncoderStyle.Bert.EmbeddingProjection;
            yield return new Linear(TensorRole.Projection, _style.EmbeddingProjection, width, _dimensions.HiddenSize, bias);
        }
    }

    private Block[] LayerBlocks(IReadOnlyList<Block> extraMixerBlocks)
    {
        var attention = new GroupedQueryAttention
        {
            HiddenSize = _dimensions.HiddenSize,
            Heads = _dimensions.Heads,
            KeyValueHeads = _dimensions.Heads,
            HeadSize = _dimensions.HeadSize,
            QkvBias = _style.AttentionBias,
            OutputBias = _style.AttentionBias,
            Names = _style.Attention,
        };
        var mlp = new DenseMlp
        {
            HiddenSize = _dimensions.HiddenSize,
            IntermediateSize = _dimensions.IntermediateSize,
            IsGated = _style.IsGated,
            Bias = _style.MlpBias,
            DownBias = _style.MlpDownBias,
            Names = _style.Mlp,
        };
        return
        [
            attention,
            .. extraMixerBlocks,
            new Norm(_style.AttentionNorm, _dimensions.HiddenSize, NormKind.LayerNorm),
            mlp,
            new Norm(_style.OutputNorm, _dimensions.HiddenSize, NormKind.LayerNorm),
        ];
    }
}
