using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Adapters.Methods;

/// <summary>
/// Methods that train copies of what the base model has: LN tuning copies whole modules, trainable tokens copy rows of
/// the embedding and keep the originals. Sources: huggingface/peft src/peft/tuners/ln_tuning/layer.py and model.py
/// (no cast of copies), trainable_tokens/layer.py.
/// </summary>
internal static class CopyParts
{
    /// <summary>LN tuning's copies of one module, each tensor in the type of the original.</summary>
    public static IEnumerable<AdapterPart> Module(TargetModule target, AdapterSettings settings)
    {
        return target.Module.Tensors.Select(tensor => new AdapterPart("ln_tuning_layers." + LastStep(tensor.Name), tensor.Shape)
        {
            StoredAs = settings.BaseType(tensor),
        });
    }

    /// <summary>The trained rows of an embedding, and their originals.</summary>
    public static IEnumerable<AdapterPart> Tokens(TargetModule target, AdapterSettings settings)
    {
        var tokens = settings.Tokens;
        if (tokens > target.Inputs)
        {
            throw AdapterErrors.Setting(tokens, $"{tokens} tokens cannot be trained in an embedding of {target.Inputs}. A good number is 2.");
        }

        return
        [
            new AdapterPart("trainable_tokens_delta", tokens, target.Outputs),
            new AdapterPart("trainable_tokens_original", tokens, target.Outputs).AsBuffer(),
        ];
    }

    private static string LastStep(string name)
    {
        return name.Substring(name.LastIndexOf('.') + 1);
    }
}
