using System;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families.Encoders;

/// <summary>
/// What a configuration's <c>architectures</c> says about the class that saved the checkpoint: what stands on top of
/// the encoder depends on it.
/// </summary>
internal static class ModelClass
{
    /// <summary>The task in the class name: ForMaskedLM of BertForMaskedLM; empty for a plain model, or where nothing is said.</summary>
    public static string Task(ModelConfig config)
    {
        var name = Name(config);
        var start = name.IndexOf("For", StringComparison.Ordinal);
        return start < 0 ? string.Empty : name.Substring(start);
    }

    /// <summary>The class name, empty where the configuration has none.</summary>
    public static string Name(ModelConfig config)
    {
        return config.TextList("architectures") is { Count: > 0 } names ? names[0] : string.Empty;
    }

    /// <summary>The classes that a classifier tells apart; two where the configuration does not say, as in transformers.</summary>
    public static int Labels(ModelConfig config)
    {
        var labels = config.Node.Get("id2label")?.Members.Count ?? 0;
        return config.OptionalInt("num_labels") ?? (labels > 0 ? labels : 2);
    }
}
