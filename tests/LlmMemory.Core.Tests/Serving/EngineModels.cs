using System.Collections.Concurrent;
using System.Linq;
using LlmMemory.Estimation.Serving;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;

namespace LlmMemory.Core.Tests.Serving;

/// <summary>Models of the catalogue, each read once, and once more by each engine.</summary>
internal static class EngineModels
{
    private static readonly ConcurrentDictionary<string, LlmModel> Models = new();

    private static readonly ConcurrentDictionary<(string Engine, string Model), PreparedModel> Prepared = new();

    /// <summary>One of each way to cache: grouped heads, latents, windows, chunks, states beside attention, heads without groups.</summary>
    public static string[] Names { get; } =
    [
        "llama-3.1-8b", "deepseek-v3-671b-a37b", "gemma-3-4b", "gpt-oss-20b-a3.6b", "llama-4-scout-17b-16e",
        "qwen3-next-80b-a3b", "nemotron-h-8b", "gpt2", "mamba-1.4b",
    ];

    public static LlmModel Read(string name)
    {
        return Models.GetOrAdd(name, key => ModelReader.FromCatalogue(ModelCatalogue.All.Find(key)));
    }

    public static PreparedModel Of(string engine, string model)
    {
        return Prepared.GetOrAdd((engine, model), key => ServingEngines.All.Find(key.Engine).Prepare(Read(key.Model)));
    }

    /// <summary>Any engine with any model; SGLang has no pools for a model of states alone.</summary>
    public static PreparedModel Any(int engine, int model)
    {
        var name = ServingEngines.All[engine % ServingEngines.All.Count].Name;
        var served = name == "SGLang" ? Names.Where(candidate => candidate != "mamba-1.4b").ToArray() : Names;
        return Of(name, served[model % served.Length]);
    }

    /// <summary>True where the engine splits layers over ranks.</summary>
    public static bool HasRanks(PreparedModel prepared)
    {
        return prepared.Engine.Name is "Generic" or "vLLM" or "SGLang" or "TensorRT-LLM";
    }
}
