using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Quantization;
using LlmMemory.Sources.Catalogue;

namespace LlmMemory.Core.Tests.Training;

/// <summary>Models of the catalogue for tests of training.</summary>
internal static class TrainingModels
{
    private static readonly string[] Names =
    [
        "gpt2", "llama-3.2-1b", "qwen3-0.6b", "gemma-2-2b", "mixtral-8x7b", "phi-1.5", "olmo-2-1b", "deepseek-v2-lite-16b", "falcon-7b",
    ];

    /// <summary>A model of the catalogue, its weights stored as asked.</summary>
    public static LlmModel Named(string name, string format = "BF16")
    {
        return WeightFormats.SchemeOf(WeightFormats.All.Find(format)).Quantize(ModelReader.FromCatalogue(ModelCatalogue.All.Find(name)));
    }

    /// <summary>Any of some models that differ in how they are built.</summary>
    public static LlmModel Any(int number)
    {
        return Named(Names[number % Names.Length]);
    }
}
