using System.Collections.Generic;
using System.Linq;
using LlmMemory.Adapters;

namespace LlmMemory.Estimation.Training.Configuration.Kinds;

/// <summary>Adapters as PEFT's users name them.</summary>
internal static class AdapterKeys
{
    private const string AllLinear = "all-linear";

    /// <summary>Which modules: names, <c>all</c> and <c>all-linear</c> for every linear one, or an expression.</summary>
    public static IReadOnlyList<string> Targets(ConfigurationValue value)
    {
        if (value.AsText?.Trim() is not { } text)
        {
            return value.Names();
        }

        // PEFT takes a text for a regular expression of whole paths; command lines put names in one text with commas.
        return text is "all" or AllLinear ? [AllLinear]
            : text.IndexOfAny(['*', '(', '\\', '|', '^', '$', '+']) >= 0 ? [AdapterSpecification.ExpressionMark + text]
            : value.Names();
    }

    /// <summary>Says the variant of LoRA that switches ask for; plain LoRA where none is on.</summary>
    /// <param name="section">The mapping with the switches.</param>
    /// <param name="draft">What was said so far.</param>
    /// <param name="plain">What asks for LoRA; null where something else says the method.</param>
    /// <param name="variants">Switches, and the variant that each asks for; the first that is on decides.</param>
    public static void SayVariant(
        ConfigurationSection section, ConfigurationDraft draft, ConfigurationValue? plain, params (string Key, AdapterMethod Method)[] variants)
    {
        var on = variants.FirstOrDefault(variant => section.Get(variant.Key) is { IsOff: false });
        if (on.Key is not null)
        {
            draft.AdapterMethod.Say(section.Get(on.Key)!, on.Method);
        }
        else
        {
            draft.AdapterMethod.Say(plain, _ => AdapterMethod.Lora);
        }
    }

    /// <summary>The format of bitsandbytes in 4 bits.</summary>
    /// <param name="isFp4">True for FP4, false for NF4.</param>
    /// <param name="isDouble">True where scales are quantised again.</param>
    public static string FourBit(bool isFp4, bool isDouble)
    {
        return isFp4 ? "FP4" : isDouble ? "NF4-DQ" : "NF4";
    }
}
