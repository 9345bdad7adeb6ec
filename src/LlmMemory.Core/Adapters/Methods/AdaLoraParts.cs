using System.Collections.Generic;

namespace LlmMemory.Adapters.Methods;

/// <summary>
/// AdaLoRA: singular vectors and values of the initial rank, and the current rank of each module as a parameter that is
/// neither trained nor saved. Source: huggingface/peft src/peft/tuners/adalora/layer.py, AdaLoraLayer.update_layer.
/// </summary>
internal static class AdaLoraParts
{
    /// <summary>The tensors beside one module.</summary>
    public static IEnumerable<AdapterPart> Of(TargetModule target)
    {
        return
        [
            new AdapterPart("lora_A", target.Rank, target.Inputs),
            new AdapterPart("lora_B", target.Outputs, target.Rank),
            new AdapterPart("lora_E", target.Rank, 1),
            new AdapterPart("ranknum", 1) { Use = AdapterTensorUse.Frozen, IsSaved = false },
        ];
    }
}
