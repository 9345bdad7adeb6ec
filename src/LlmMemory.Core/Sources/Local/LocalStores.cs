using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Naming;
using LlmMemory.Sources.Machine;

namespace LlmMemory.Sources.Local;

/// <summary>What the tools on this machine have downloaded: listed from their folders, without asking the tools.</summary>
public static class LocalStores
{
    private static readonly Store[] All =
    [
        new(LocalStoreName.HuggingFace, (user, _) => [HuggingFaceFolders.Cache(user)], HuggingFaceCache.Find),
        new(LocalStoreName.Ollama, (user, _) => OllamaStore.Folders(user), OllamaStore.Find),
        new(LocalStoreName.LmStudio, LmStudioFolder.Folders, LmStudioFolder.Find),
        new(LocalStoreName.LlamaCpp, (user, _) => [LlamaCppCache.Folder(user)], LlamaCppCache.Find),
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
        return All.SelectMany(store => store.Find(user, new StoreReader(store.Name, listener)));
    }

    /// <summary>Says where the stores are looked for, whether there are any or not.</summary>
    /// <param name="environment">Whose stores; those of this process's user when null.</param>
    public static IReadOnlyList<LocalStoreFolder> Folders(UserEnvironment? environment = null)
    {
        var user = environment ?? UserEnvironment.Current;
        var folders =
            from store in All
            from path in store.Folders(user, new StoreReader(store.Name, _ => { })).Distinct(StringComparer.Ordinal)
            select new LocalStoreFolder(store.Name, path, Directory.Exists(path));
        return folders.ToList().AsReadOnly();
    }

    /// <summary>The error for a name that no model on this machine has.</summary>
    /// <param name="name">The name as it was given.</param>
    /// <param name="known">The names of the models on this machine.</param>
    public static LlmMemoryException Unknown(string name, IEnumerable<string> known)
    {
        var nearest = string.Join(" or ", NearestSpellings.Find(name ?? string.Empty, known.Distinct(StringComparer.Ordinal)));
        var hint = nearest.Length > 0 ? $" Did you mean {nearest}?" : string.Empty;
        return new LlmMemoryException(
            ErrorIds.ModelUnknown,
            name,
            $"{Quoted.Value(name)} is no model on this machine.{hint} Get-LlmModel -Local lists those that are.");
    }

    private sealed record Store(
        string Name,
        Func<UserEnvironment, StoreReader, IEnumerable<string>> Folders,
        Func<UserEnvironment, StoreReader, IEnumerable<LocalModel>> Find);
}
