using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Errors;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Reading;

/// <summary>The data type that a configuration says its weights are in, before any quantisation.</summary>
internal static class NativeDataType
{
    private static readonly string[] Names = ["torch_dtype", "dtype"];

    /// <summary>Reads torch_dtype (dtype since Transformers 5), of the whole or of the language model.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <returns>The type; the usual one, BF16, where nothing is said.</returns>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ConfigFieldInvalid"/>.</exception>
    public static DataType Read(ModelConfig config)
    {
        var source = config.OptionalText(Names) is null ? config.Nested("text_config", "llm_config", "language_config") : config;
        return source?.OptionalText(Names) is { } name && name != "auto" ? Find(source, name) : DataTypeCatalogue.Default;
    }

    private static DataType Find(ModelConfig source, string name)
    {
        return DataTypeCatalogue.All.TryFind(name.Replace("torch.", string.Empty), out var dataType)
            ? dataType
            : throw source.Invalid(
                Names.FirstOrDefault(source.Says) ?? Names[0],
                $"is {Quoted.Value(name)}, and no data type of that name is known; a good one is bfloat16");
    }
}
