using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Naming;

namespace LlmMemory.Sources.Catalogue;

/// <summary>The models that the engine knows by name, offline. Read when somebody first asks.</summary>
public static class ModelCatalogue
{
    private const string Resource = "LlmMemory.Sources.Catalogue.models.jsonl";

    private static readonly Lazy<NamedCatalogue<CatalogueEntry>> Loaded = new(Load);

    /// <summary>All of them, by name.</summary>
    public static NamedCatalogue<CatalogueEntry> All => Loaded.Value;

    private static NamedCatalogue<CatalogueEntry> Load()
    {
        var lines = CatalogueLine.ReadAll(ReadResource());
        var takenOnce = FindTakenOnce(lines);
        return new NamedCatalogue<CatalogueEntry>(
            "model",
            ErrorIds.ModelUnknown,
            "Get-LlmModel lists the models that are built in; -Path reads a model's own files, -ModelId asks the hub.",
            [.. lines.Select(line => new CatalogueEntry(line, Aliases(line, takenOnce)))],
            []);
    }

    /// <summary>The spellings that only one of the models has, be it as its name or as what follows the owner on the hub.</summary>
    private static HashSet<string> FindTakenOnce(IReadOnlyList<CatalogueLine> lines)
    {
        var once = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var twice = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            var (name, tail) = (Key(line.Name), Key(Tail(line.Id)));
            Take(name);
            if (!IsSame(name, tail))
            {
                Take(tail);
            }
        }

        once.ExceptWith(twice);
        return once;

        void Take(string key)
        {
            if (!once.Add(key))
            {
                twice.Add(key);
            }
        }
    }

    private static string[] Aliases(CatalogueLine line, HashSet<string> takenOnce)
    {
        var tail = Tail(line.Id);
        var key = Key(tail);
        return takenOnce.Contains(key) && !IsSame(key, Key(line.Name)) ? [line.Id, tail] : [line.Id];
    }

    private static bool IsSame(string key, string other)
    {
        return string.Equals(key, other, StringComparison.OrdinalIgnoreCase);
    }

    private static string Key(string name)
    {
        return NamedCatalogue<CatalogueEntry>.Normalize(name);
    }

    private static string Tail(string id)
    {
        return id.Substring(id.IndexOf('/') + 1);
    }

    private static byte[] ReadResource()
    {
        using var stream = typeof(ModelCatalogue).Assembly.GetManifestResourceStream(Resource)
            ?? throw new FileNotFoundException("The catalogue of models is missing from the assembly.", Resource);
        var bytes = new byte[stream.Length];
        var read = 0;
        while (read < bytes.Length)
        {
            read += stream.Read(bytes, read, bytes.Length - read);
        }

        return bytes;
    }
}
