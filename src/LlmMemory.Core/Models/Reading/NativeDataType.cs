using LlmMemory.DataTypes;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Reading;

/// <summary>The data type that a configuration says its weights are in, before any quantisation.</summary>
internal static class NativeDataType
{
    /// <summary>Reads torch_dtype (dtype since Transformers 5), of the whole or of the language model.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <returns>The type; the usual one, BF16, where nothing is said.</returns>
    public static DataType Read(ModelConfig config)
    {
        var name = config.OptionalText("torch_dtype", "dtype")
            ?? config.Nested("text_config", "llm_config", "language_config")?.OptionalText("torch_dtype", "dtype");
        return name is null || name == "auto" ? DataTypeCatalogue.Default : DataTypeCatalogue.All.Find(name.Replace("torch.", string.Empty));
    }
}
