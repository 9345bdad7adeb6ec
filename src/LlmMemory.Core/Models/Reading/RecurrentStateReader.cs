using System;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Reading;

/// <summary>
/// The type that a configuration wants the states of recurrences kept in, whatever its weights are in. Qwen3.5's and
/// Nemotron-H's classes want 32 bits where nothing is said (transformers, models/qwen3_5/configuration_qwen3_5.py and
/// models/nemotron_h/configuration_nemotron_h.py).
/// </summary>
internal static class RecurrentStateReader
{
    private static readonly string[] Names = ["mamba_ssm_dtype", "mamba_ssm_cache_dtype"];

    /// <summary>Reads the type; null where an engine takes that of the model.</summary>
    /// <param name="config">The configuration of the language model.</param>
    /// <param name="modelType">The model_type of the language model.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ConfigFieldInvalid"/>.</exception>
    public static DataType? Read(ModelConfig config, string modelType)
    {
        if (config.OptionalText(Names) is not { } name || name == "auto")
        {
            return modelType == "nemotron_h" || modelType.StartsWith("qwen3_5", StringComparison.Ordinal)
                ? DataTypeCatalogue.All.Find("F32")
                : null;
        }

        return DataTypeCatalogue.All.TryFind(name.Replace("torch.", string.Empty), out var dataType)
            ? dataType
            : throw config.Invalid(
                Array.Find(Names, config.Says) ?? Names[0],
                $"is {Quoted.Value(name)}, and no data type of that name is known; a good one is float32");
    }
}
