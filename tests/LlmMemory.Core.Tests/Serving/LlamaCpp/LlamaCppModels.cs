using LlmMemory.Core.Tests.Gguf;
using LlmMemory.Models;
using LlmMemory.Models.Reading;

namespace LlmMemory.Core.Tests.Serving.LlamaCpp;

/// <summary>Models that the tests carry.</summary>
internal static class LlamaCppModels
{
    public static LlmModel Dense => Carried("tinyllama-1.1b-Q4_K_M");

    public static LlmModel Experts => Carried("mixtral-8x7b-Q4_K_M");

    public static LlmModel Sliding => Carried("gemma3-1b-Q4_K_M");

    public static LlmModel Latent => Carried("deepseek-v2-lite-Q4_K_M");

    public static LlmModel Hybrid => Carried("falcon-h1-7b-Q4_K_M");

    public static LlmModel Carried(string name)
    {
        return ModelReader.FromGguf(new GgufSpec(ReferenceData.Carried("llamacpp", "gguf"), name).File(), name);
    }
}
