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
        var lines = CatalogueLines.Read(ReadResource());
        var takenOnce = new HashSet<string>(
            lines.SelectMany(line => new[] { Key(line.Facts["name"]), Key(Tail(line.Facts["id"])) }.Distinct(StringComparer.OrdinalIgnoreCase))
                .GroupBy(key => key, StringComparer.OrdinalIgnoreCase)
                .Where(takers => takers.Count() == 1)
                .Select(takers => takers.Key),
            StringComparer.OrdinalIgnoreCase);
        return new NamedCatalogue<CatalogueEntry>(
            "model",
            ErrorIds.ModelUnknown,
            "Get-LlmModel lists the models that are built in; -Path reads a model's own files, -ModelId asks the hub.",
            [.. lines.Select(line => new CatalogueEntry(line.Facts, Aliases(line), line.GetConfig))],
            []);

        IReadOnlyList<string> Aliases(CatalogueLine line)
        {
            var (name, id) = (line.Facts["name"], line.Facts["id"]);
            var tail = Tail(id);
            return takenOnce.Contains(Key(tail)) && !string.Equals(Key(tail), Key(name), StringComparison.OrdinalIgnoreCase) ? [id, tail] : [id];
        }
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
