using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Sources.Machine;

namespace LlmMemory.Sources.Local;

/// <summary>What the tools on this machine have downloaded: listed from their folders, without asking the tools.</summary>
public static class LocalStores
{
    private static readonly (string Store, Func<UserEnvironment, StoreReader, IEnumerable<LocalModel>> Find)[] All =
    [
        (LocalStoreName.HuggingFace, HuggingFaceCache.Find),
        (LocalStoreName.Ollama, OllamaStore.Find),
        (LocalStoreName.LmStudio, LmStudioFolder.Find),
        (LocalStoreName.LlamaCpp, LlamaCppCache.Find),
    ];

    /// <summary>
    /// Finds the models of every store, one after the other as they are asked for. A store that is not there is left
    /// out; what cannot be read in one that is there is told, and the rest of it listed.
    /// </summary>
    /// <param name="environment">Whose stores; those of this process's user when null.</param>
    /// <param name="problem">Told of what could not be read; nobody when null.</param>
    public static IEnumerable<LocalModel> Find(UserEnvironment? environment = null, Action<LocalStoreProblem>? problem = null)
    {
        var user = environment ?? UserEnvironment.Current;
        var listener = problem ?? (_ => { });
        return All.SelectMany(store => store.Find(user, new StoreReader(store.Store, listener)));
    }
}
