using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>Which models Megatron's rules are known for: one stack of layers, each with one attention and one network.</summary>
internal static class MegatronModel
{
    /// <summary>The stack of layers that is trained.</summary>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>: the model is built otherwise.</exception>
    public static ModelSection SectionOf(LlmModel model, ModelArchitecture architecture)
    {
        var stacks = architecture.Sections.Where(section => section.Part is ModelPart.Text or ModelPart.Encoder).ToList();
        if (stacks.Count != 1)
        {
            throw Unknown(model, "an encoder and a decoder");
        }

        foreach (var layer in stacks[0].Layers)
        {
            Check(model, layer);
        }

        return stacks[0];
    }

    private static void Check(LlmModel model, ModelLayer layer)
    {
        var isKnown = layer.Mixers.Count() == 1
            && layer.Mixers.First() is GroupedQueryAttention { HasOutputGate: false, SharesKeyValueOf: null } or LatentAttention { Indexer: null, HasOutputGate: false }
            && layer.Blocks.OfType<FeedForward>().Any()
            && layer.Blocks.OfType<FeedForward>().All(network => network is DenseMlp or MixtureOfExperts { LatentSize: null });
        if (!isKnown)
        {
            throw Unknown(model, $"layers of the kind {layer}");
        }
    }

    private static LlmMemoryException Unknown(LlmModel model, string what)
    {
        return MegatronRule.Broken(
            model.Name,
            $"{Quoted.Value(model.Name)} has {what}, and what Megatron keeps of these is not known. "
            + "Known are decoders and encoders of full or latent attention with dense networks or experts: llama-3.1-8b, mixtral-8x7b.");
    }
}
