using LlmMemory.Models;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Estimation.Serving;

/// <summary>
/// The type that a model computes in, whatever its weights are stored in: 32 bits where they are, else 16. Caches take
/// it where nothing else is said: vLLM's and SGLang's auto.
/// </summary>
internal static class ServedType
{
    /// <summary>Bytes of one element.</summary>
    public static int BytesPerElement(LlmModel model)
    {
        return model.DataType == "F32" ? 4 : 2;
    }

    /// <summary>The type as a cache has it: what the checkpoint wants, else what the model computes in.</summary>
    public static CacheType CacheTypeOf(LlmModel model)
    {
        return model.KvCacheDataType is { } name && CacheTypes.All.TryFind(name, out var wanted)
            ? wanted
            : model.DataType switch
            {
                "F32" => CacheTypes.F32,
                "F16" => CacheTypes.F16,
                _ => CacheTypes.BF16,
            };
    }
}
