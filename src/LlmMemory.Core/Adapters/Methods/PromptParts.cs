using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Adapters.Methods;

/// <summary>
/// Methods that train virtual tokens before the prompt: prefix tuning their keys and values in every layer, prompt
/// tuning their embeddings, P-tuning their embeddings and a network of three layers behind them, which is not saved. An
/// encoder-decoder has the tokens twice, but for prefix tuning. Sources: huggingface/peft src/peft/tuners/prefix_tuning,
/// prompt_tuning and p_tuning/model.py; utils/other.py, _prepare_prompt_learning_config.
/// </summary>
internal static class PromptParts
{
    private const string Saved = "prompt_embeddings";

    /// <summary>Prefix tuning: keys and values of every layer, as wide as the widest layer's.</summary>
    public static IEnumerable<AdapterPart> Prefix(ModelArchitecture architecture, AdapterSettings settings)
    {
        var width = checked(2L * architecture.Layers.Count * KeyWidth(architecture, settings));
        return [new AdapterPart(Saved, settings.Tokens, width)];
    }

    /// <summary>Prompt tuning.</summary>
    public static IEnumerable<AdapterPart> Prompt(ModelArchitecture architecture, AdapterSettings settings)
    {
        return [new AdapterPart(Saved, Tokens(architecture, settings), architecture.HiddenSize)];
    }

    /// <summary>P-tuning with an MLP as wide as the model: embeddings, and three linear layers with biases.</summary>
    public static IEnumerable<AdapterPart> Encoded(ModelArchitecture architecture, AdapterSettings settings)
    {
        yield return new AdapterPart(Saved, Tokens(architecture, settings), architecture.HiddenSize);
        foreach (var layer in (int[])[0, 2, 4])
        {
            yield return new AdapterPart($"mlp_head.{layer}.weight", architecture.HiddenSize, architecture.HiddenSize) { IsSaved = false };
            yield return new AdapterPart($"mlp_head.{layer}.bias", architecture.HiddenSize) { IsSaved = false };
        }
    }

    private static long Tokens(ModelArchitecture architecture, AdapterSettings settings)
    {
        var isPair = architecture.Sections.Any(section => section.Part == ModelPart.Encoder) && architecture.Generates;
        return checked((long)settings.Tokens * (isPair ? 2 : 1));
    }

    private static long KeyWidth(ModelArchitecture architecture, AdapterSettings settings)
    {
        var mixers = architecture.Layers.SelectMany(layer => layer.Mixers).OfType<GroupedQueryAttention>().ToList();
        return mixers.Count > 0
            ? mixers.Max(mixer => (long)mixer.KeyValueHeads * mixer.HeadSize)
            : throw new LlmMemoryException(
                ErrorIds.AdapterTargetUnsupported,
                architecture.ModelType,
                $"{settings.Method.Name} puts tokens into the cache of keys and values, and a model of type {Quoted.Value(architecture.ModelType)} has none per head. "
                + "A good -AdapterMethod is PromptTuning.");
    }
}
