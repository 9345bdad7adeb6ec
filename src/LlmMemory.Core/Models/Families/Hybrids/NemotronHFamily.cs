using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Families.Drafts;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Hybrids;

/// <summary>
/// Nemotron-H and Nemotron 3: each layer is one block, a state space, attention, a dense network or a mixture of
/// experts, and a drafting module is a short pattern of such layers. Sources: transformers,
/// models/nemotron_h/modular_nemotron_h.py; vLLM, model_executor/models/nemotron_h_mtp.py.
/// </summary>
internal static class NemotronHFamily
{
    private const string Prefix = "mixer.";

    private static readonly DecoderFrame Frame = new() { Prefix = "backbone.", Embedding = "embeddings", FinalNorm = "norm_f" };

    /// <summary>The family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } = [new(Build, "nemotron_h")];

    private static LanguageModel Build(ModelConfig config)
    {
        var kinds = NemotronHPattern.Layers(config);
        var dimensions = DecoderDimensions.Read(config, kinds.Count);
        var model = Frame.Around(config, dimensions, index => Layer(config, dimensions, kinds[index]));
        var modules = config.Count(0, "num_nextn_predict_layers");
        var draft = NemotronHPattern.DraftLayers(config);
        return modules == 0 || draft.Count == 0
            ? model
            : model with { Sections = [.. model.Sections, Draft(config, dimensions, modules, draft)] };
    }

    private static IReadOnlyList<Block> Layer(ModelConfig config, DecoderDimensions dimensions, NemotronHKind kind)
    {
        return [new Norm("norm", dimensions.HiddenSize), Mixer(config, dimensions, kind)];
    }

    private static Block Mixer(ModelConfig config, DecoderDimensions dimensions, NemotronHKind kind)
    {
        return kind switch
        {
            NemotronHKind.Mamba => Mamba(config, dimensions.HiddenSize),
            NemotronHKind.Attention => HybridAttention.Plain(dimensions, config.Bool(false, "attention_bias")) with
            {
                Names = AttentionNames.Llama with { Prefix = Prefix },
            },
            NemotronHKind.Experts => HybridExperts.NemotronH(config, dimensions.HiddenSize, Prefix),
            _ => new DenseMlp
            {
                HiddenSize = dimensions.HiddenSize,
                IntermediateSize = dimensions.IntermediateSize,
                IsGated = false,
                Bias = config.Bool(false, "mlp_bias"),
                Names = MlpNames.Llama with { Prefix = Prefix },
            },
        };
    }

    private static Mamba2 Mamba(ModelConfig config, int hiddenSize)
    {
        var bias = config.Bool(false, "use_bias", "mamba_proj_bias");
        return new Mamba2
        {
            HiddenSize = hiddenSize,
            Heads = config.Int("mamba_num_heads"),
            HeadSize = config.Int("mamba_head_dim"),
            Groups = config.OptionalInt("n_groups") ?? 1,
            StateSize = config.Int("ssm_state_size"),
            ConvolutionKernel = config.Int("conv_kernel"),
            ConvolutionBias = config.Bool(true, "use_conv_bias"),
            InputBias = bias,
            OutputBias = bias,
            Prefix = Prefix,
        };
    }

    /// <summary>
    /// The first layer of a module joins the last hidden state and the embedding of the next token, the last one
    /// normalises; embedding and head are the decoder's.
    /// </summary>
    private static ModelSection Draft(
        ModelConfig config, DecoderDimensions dimensions, int modules, IReadOnlyList<NemotronHKind> kinds)
    {
        var hiddenSize = dimensions.HiddenSize;
        var first = DraftSections.Joint(hiddenSize);
        IReadOnlyList<Block> last = [new Norm("final_layernorm", hiddenSize)];
        var layers = LayerCount.Checked(config, "num_nextn_predict_layers", modules * kinds.Count);
        return new ModelSection
        {
            Part = ModelPart.Mtp,
            Prefix = "mtp.",
            Layers = [.. Enumerable.Range(0, layers).Select(index => new ModelLayer(index, DraftLayer(index % kinds.Count)))],
        };

        IReadOnlyList<Block> DraftLayer(int step)
        {
            var layer = Layer(config, dimensions, kinds[step]);
            return [.. step == 0 ? first : [], .. layer, .. step == kinds.Count - 1 ? last : []];
        }
    }
}
