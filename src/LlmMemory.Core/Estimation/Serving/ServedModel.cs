using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// What engines read off a model, whatever the workload: read once, so that an estimate is arithmetic on a handful of
/// numbers and looks at no tensor.
/// </summary>
internal sealed class ServedModel
{
    /// <summary>Reads a model.</summary>
    /// <param name="model">The model; its architecture is known.</param>
    public ServedModel(LlmModel model)
    {
        Model = model;
        Architecture = model.Architecture!;
        LayerCount = Architecture.Layers.Count;
        Mixers = new LayerMixers(Architecture, Architecture.Layers);
        Drafts = new LayerMixers(
            Architecture,
            [.. Architecture.Sections.Where(section => section.Part == ModelPart.Mtp).SelectMany(section => section.Layers)]).All;
        Weights = new StageWeights(model);
        Widths = ForwardWidths.Of(Architecture);
        Embedding = VocabularyPadding.Of(model, TensorRole.Embedding);
        Head = VocabularyPadding.Of(model, TensorRole.Head);
        RotaryElements = RotaryCache.ElementsOf(model, isStretched: true, isMultimodal: false);
        UnstretchedRotaryElements = RotaryCache.ElementsOf(model, isStretched: false, isMultimodal: false);
        MultimodalRotaryElements = RotaryCache.ElementsOf(model, isStretched: true, isMultimodal: true);
        ElementBytes = ServedType.BytesPerElement(model);
        CacheType = ServedType.CacheTypeOf(model);
        AttentionHeads = Architecture.Layers.SelectMany(layer => layer.Mixers).Select(Heads).FirstOrDefault(count => count > 0);
        KeyValueHeads =
        [
            .. Mixers.All.Select(group => group.Mixer).OfType<GroupedQueryAttention>().Select(attention => attention.KeyValueHeads).Distinct(),
        ];
        HasLatentAttention = Mixers.All.Any(group => group.Mixer is LatentAttention);
        HasWindows = Mixers.All.Any(group => group.Mixer is GroupedQueryAttention { Window: not null });
        ContextLength = model.ContextLength ?? Architecture.ContextLength;
        VisionParameters = model.VisionParameters;
        AudioParameters = model.AudioParameters;
        MtpParameters = model.MtpParameters;
    }

    /// <summary>The model.</summary>
    public LlmModel Model { get; }

    /// <summary>How it is built.</summary>
    public ModelArchitecture Architecture { get; }

    /// <summary>The layers of the language model.</summary>
    public int LayerCount { get; }

    /// <summary>How their tokens see each other.</summary>
    public LayerMixers Mixers { get; }

    /// <summary>The same of the layers that draft tokens.</summary>
    public IReadOnlyList<MixerGroup> Drafts { get; }

    /// <summary>The weights of ranks and stages.</summary>
    public StageWeights Weights { get; }

    /// <summary>The widths of a forward pass.</summary>
    public ForwardWidths Widths { get; }

    /// <summary>The padding of the embedding.</summary>
    public VocabularyPadding Embedding { get; }

    /// <summary>The padding of the head.</summary>
    public VocabularyPadding Head { get; }

    /// <summary>The elements of the rotary tables.</summary>
    public long RotaryElements { get; }

    /// <summary>The same where linear scaling does not make tables longer.</summary>
    public long UnstretchedRotaryElements { get; }

    /// <summary>The same where positions in time, height and width have longer ones.</summary>
    public long MultimodalRotaryElements { get; }

    /// <summary>Bytes of an element in the type that the model computes in.</summary>
    public int ElementBytes { get; }

    /// <summary>The type that keys and values are cached in where nothing else is said.</summary>
    public CacheType CacheType { get; }

    /// <summary>The query heads of the first layer with attention; 0 where none has it.</summary>
    public int AttentionHeads { get; }

    /// <summary>The heads with keys, each number once; empty where no layer has any.</summary>
    public IReadOnlyList<int> KeyValueHeads { get; }

    /// <summary>True where a layer keeps latents.</summary>
    public bool HasLatentAttention { get; }

    /// <summary>True where a layer sees a window, not all tokens.</summary>
    public bool HasWindows { get; }

    /// <summary>The tokens that the model was made for; null where nothing says it.</summary>
    public long? ContextLength { get; }

    /// <summary>The weights of the vision tower and its projector.</summary>
    public long VisionParameters { get; }

    /// <summary>The weights of the audio tower.</summary>
    public long AudioParameters { get; }

    /// <summary>The weights of multi-token prediction.</summary>
    public long MtpParameters { get; }

    private static int Heads(TokenMixer mixer)
    {
        return mixer switch
        {
            GroupedQueryAttention attention => attention.Heads,
            LatentAttention attention => attention.Heads,
            CompressedAttention attention => attention.Heads,
            _ => 0,
        };
    }
}
