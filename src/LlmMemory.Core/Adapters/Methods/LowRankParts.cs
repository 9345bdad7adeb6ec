using System.Collections.Generic;

namespace LlmMemory.Adapters.Methods;

/// <summary>
/// The pair of LoRA: A of [rank, inputs] and B of [outputs, rank]; an embedding's are bare parameters of the same
/// shapes; of stacked experts, the ranks of all lie in one pair. Sources: huggingface/peft src/peft/tuners/lora/layer.py
/// (LoraLayer, Embedding and ParamWrapper.update_layer), lora/dora.py, lora/variants.py (MiCA), optimizers/lorafa.py.
/// </summary>
internal static class LowRankParts
{
    /// <summary>Both trained: LoRA, rsLoRA, LoRA+, PiSSA.</summary>
    public static IEnumerable<AdapterPart> Lora(TargetModule target)
    {
        return [Down(target), Up(target)];
    }

    /// <summary>With a magnitude for each output: DoRA.</summary>
    public static IEnumerable<AdapterPart> Dora(TargetModule target)
    {
        return [Down(target), Up(target), new AdapterPart("lora_magnitude_vector", target.Outputs)];
    }

    /// <summary>The first matrix stays as it is: LoRA-FA.</summary>
    public static IEnumerable<AdapterPart> FrozenDown(TargetModule target)
    {
        return [Down(target).Frozen(), Up(target)];
    }

    /// <summary>The second matrix stays as it is: MiCA.</summary>
    public static IEnumerable<AdapterPart> FrozenUp(TargetModule target)
    {
        return [Down(target), Up(target).Frozen()];
    }

    private static AdapterPart Down(TargetModule target)
    {
        return new AdapterPart(target.IsEmbedding ? "lora_embedding_A" : "lora_A.weight", Ranks(target), target.Inputs);
    }

    private static AdapterPart Up(TargetModule target)
    {
        return new AdapterPart(target.IsEmbedding ? "lora_embedding_B" : "lora_B.weight", target.Outputs, Ranks(target));
    }

    private static long Ranks(TargetModule target)
    {
        return checked(target.Rank * target.Experts);
    }
}
