namespace LlmMemory.Sources.Local;

/// <summary>The values of <see cref="LocalModel.Store"/>.</summary>
public static class LocalStoreName
{
    /// <summary>The cache of the Hugging Face libraries, which vLLM, SGLang, Transformers and llama.cpp share.</summary>
    public const string HuggingFace = nameof(HuggingFace);

    /// <summary>Ollama's store.</summary>
    public const string Ollama = nameof(Ollama);

    /// <summary>LM Studio's folder of models.</summary>
    public const string LmStudio = "LMStudio";

    /// <summary>The folder that llama.cpp downloaded into before it took to the Hugging Face cache.</summary>
    public const string LlamaCpp = nameof(LlamaCpp);
}
