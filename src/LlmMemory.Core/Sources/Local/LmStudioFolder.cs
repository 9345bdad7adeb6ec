using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using LlmMemory.Json;
using LlmMemory.Sources.Machine;

namespace LlmMemory.Sources.Local;

/// <summary>
/// LM Studio's folder of models: publisher/model/files. Where it is stands in settings.json of LM Studio's home, and
/// where that is in a file in the user's home. Source: lmstudio-ai/lms, src/modelsFolder.ts and src/lmstudioPaths.ts;
/// lmstudio.ai/docs/basics/import-model for the folders within.
/// </summary>
internal static class LmStudioFolder
{
    private const int MaxSettingsBytes = 4 << 20;

    /// <summary>The models in the folder.</summary>
    /// <param name="environment">Where it is.</param>
    /// <param name="reader">Reads it.</param>
    public static IEnumerable<LocalModel> Find(UserEnvironment environment, StoreReader reader)
    {
        return
            from root in Folders(environment, reader).Distinct(StringComparer.Ordinal)
            from publisher in reader.Folders(root)
            from repository in reader.Folders(publisher.FullName)
            from model in ModelFolder.Find(
                LocalStoreName.LmStudio, $"{publisher.Name}/{repository.Name}", repository.FullName, reader)
            select model;
    }

    /// <summary>Where the folder is, or would be: those of older versions, too.</summary>
    /// <param name="environment">The user's environment.</param>
    /// <param name="reader">Reads the settings that say so.</param>
    public static IEnumerable<string> Folders(UserEnvironment environment, StoreReader reader)
    {
        var homes = new[]
        {
            HomePointer(environment, reader),
            environment.InHome(".lmstudio"),
            environment.InHome(".cache", "lm-studio"),
        };
        foreach (var home in homes.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            yield return DownloadsFolder(home, reader) ?? Path.Combine(home, "models");
        }
    }

    private static string? HomePointer(UserEnvironment environment, StoreReader reader)
    {
        var pointer = reader.Read(environment.InHome(".lmstudio-home-pointer"), MaxSettingsBytes);
        var home = pointer is null ? null : Encoding.UTF8.GetString(pointer).Trim();
        return string.IsNullOrEmpty(home) ? null : home;
    }

    private static string? DownloadsFolder(string home, StoreReader reader)
    {
        var settings = Path.Combine(home, "settings.json");
        try
        {
            var bytes = reader.Read(settings, MaxSettingsBytes);
            return bytes is null ? null : JsonNode.Parse(bytes).Get("downloadsFolder")?.AsText();
        }
        catch (JsonFormatException error)
        {
            reader.Tell(settings, $"It is no JSON: at byte {error.Offset}, {error.Message}.");
            return null;
        }
    }
}
