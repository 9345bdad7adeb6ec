using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using LlmMemory.Sources.Files;
using LlmMemory.Sources.Hub;
using LlmMemory.Sources.Machine;

namespace LlmMemory.Sources.Local;

/// <summary>
/// The cache of the Hugging Face libraries: models--owner--name/refs says which commit a branch is at,
/// snapshots/{commit} has the files (links into blobs, or the files themselves where links are not to be had), and
/// blobs/*.incomplete are downloads that are not over. Source: huggingface.co/docs/hub/local-cache.
/// </summary>
internal static class HuggingFaceCache
{
    private const string ModelPrefix = "models--";
    private const int MaxRefBytes = 1024;

    /// <summary>The models in the cache.</summary>
    /// <param name="environment">Where it is.</param>
    /// <param name="reader">Reads it.</param>
    public static IEnumerable<LocalModel> Find(UserEnvironment environment, StoreReader reader)
    {
        return reader.Folders(HuggingFaceFolders.Cache(environment))
            .Where(folder => folder.Name.StartsWith(ModelPrefix, StringComparison.Ordinal))
            .SelectMany(folder => FindSnapshots(folder.FullName, NameOf(folder.Name), reader));
    }

    // The owner and the name themselves never hold two hyphens in a row: the Hub forbids it for this reason.
    private static string NameOf(string folder)
    {
        return folder.Substring(ModelPrefix.Length).Replace("--", "/");
    }

    private static IEnumerable<LocalModel> FindSnapshots(string folder, string name, StoreReader reader)
    {
        var snapshots = reader.Folders(Path.Combine(folder, "snapshots"));
        if (snapshots.Count == 0)
        {
            var started = Unfinished(folder, reader);
            return started.Count == 0 ? [] : [new LocalModel(LocalStoreName.HuggingFace, name, folder, started)];
        }

        var refs = ReadRefs(Path.Combine(folder, "refs"), string.Empty, reader, 1)
            .ToLookup(pair => pair.Commit, pair => pair.Ref);
        return snapshots.SelectMany(snapshot => Describe(snapshot, name, refs[snapshot.Name], reader));
    }

    private static List<LocalModelFile> Unfinished(string folder, StoreReader reader)
    {
        return reader.Files(Path.Combine(folder, "blobs"))
            .Where(file => file.Name.EndsWith(".incomplete", StringComparison.Ordinal))
            .Select(file => new LocalModelFile(file.FullName, reader.Length(file), LocalFileKind.Other))
            .ToList();
    }

    // refs/main is a file; refs/refs/pr/1 is one too, three folders down.
    private static IEnumerable<(string Ref, string Commit)> ReadRefs(string folder, string prefix, StoreReader reader, int depth)
    {
        foreach (var file in reader.Files(folder))
        {
            if (reader.Read(file.FullName, MaxRefBytes) is { } bytes)
            {
                yield return (prefix + file.Name, Encoding.ASCII.GetString(bytes).Trim());
            }
        }

        var inner = depth < LocalModelFiles.MaxDepth ? reader.Folders(folder) : [];
        foreach (var found in inner.SelectMany(child => ReadRefs(child.FullName, $"{prefix}{child.Name}/", reader, depth + 1)))
        {
            yield return found;
        }
    }

    private static IEnumerable<LocalModel> Describe(
        DirectoryInfo snapshot, string name, IEnumerable<string> refs, StoreReader reader)
    {
        var revision = string.Join(", ", refs);
        foreach (var model in ModelFolder.Find(LocalStoreName.HuggingFace, name, snapshot.FullName, reader))
        {
            yield return model with
            {
                Revision = revision.Length > 0 ? revision : snapshot.Name,
                Commit = HubRevision.IsCommit(snapshot.Name) ? snapshot.Name : null,
            };
        }
    }
}
