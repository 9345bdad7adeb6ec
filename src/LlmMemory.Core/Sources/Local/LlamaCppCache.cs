using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Sources.Machine;

namespace LlmMemory.Sources.Local;

/// <summary>
/// The folder that llama.cpp downloads into: GGUF files without further folders, and *.downloadInProgress for what is
/// not over. Source: ggml-org/llama.cpp, common/common.cpp fs_get_cache_directory and common/download.cpp.
/// </summary>
internal static class LlamaCppCache
{
    private const string Unfinished = ".downloadInProgress";

    /// <summary>The models in the folder.</summary>
    /// <param name="environment">Where it is.</param>
    /// <param name="reader">Reads it.</param>
    public static IEnumerable<LocalModel> Find(UserEnvironment environment, StoreReader reader)
    {
        var files = reader.Files(Folder(environment));
        // All models lie side by side here, so nothing says which of them an encoder belongs to.
        var models = files.Where(file => GgufGroups.Kind(file.Name) == LocalFileKind.Weights).ToList();
        var started = files.Where(file => file.Name.EndsWith(Unfinished, StringComparison.Ordinal));
        return GgufGroups.Find(reader, LocalStoreName.LlamaCpp, models, file => Path.GetFileNameWithoutExtension(file.Name))
            .Concat(started.Select(file => Started(file, reader)));
    }

    /// <summary>Where the folder is, or would be.</summary>
    /// <param name="environment">The user's environment.</param>
    public static string Folder(UserEnvironment environment)
    {
        return environment.Folder("LLAMA_CACHE") ?? Path.Combine(Caches(environment), "llama.cpp");
    }

    private static LocalModel Started(FileInfo file, StoreReader reader)
    {
        var name = Path.GetFileNameWithoutExtension(file.Name.Substring(0, file.Name.Length - Unfinished.Length));
        LocalModelFile[] parts = [new LocalModelFile(file.FullName, reader.Length(file), LocalFileKind.Weights)];
        return new LocalModel(LocalStoreName.LlamaCpp, name, file.FullName, parts) { IsComplete = false };
    }

    private static string Caches(UserEnvironment environment)
    {
        return environment.Platform switch
        {
            MachinePlatform.Windows => environment.Folder("LOCALAPPDATA") ?? environment.InHome("AppData", "Local"),
            MachinePlatform.MacOS => environment.InHome("Library", "Caches"),
            _ => environment.Folder("XDG_CACHE_HOME") ?? environment.InHome(".cache"),
        };
    }
}
