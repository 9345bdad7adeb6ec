using System;
using System.IO;
using System.Linq;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;

namespace LlmMemory.Benchmarks.FirstUse;

/// <summary>What a fresh process does once, and is timed for.</summary>
internal static class FirstUseAction
{
    /// <summary>Reads the header of a GGUF file.</summary>
    public const string ParseGguf = "parse-gguf";

    /// <summary>Reads as many bytes of a file and does nothing with them.</summary>
    public const string ReadPlainly = "read-plainly";

    /// <summary>Loads the catalogue, as completing a name does.</summary>
    public const string LoadCatalogue = "load-catalogue";

    /// <summary>Loads the catalogue and shows a line on each model, as listing them does.</summary>
    public const string DescribeCatalogue = "describe-catalogue";

    /// <summary>Loads the catalogue and derives one model.</summary>
    public const string DeriveModel = "derive-model";

    /// <summary>The action of that name.</summary>
    /// <param name="name">One of the names above.</param>
    /// <param name="path">The file that it is about; empty for none.</param>
    /// <param name="bytes">The bytes of it that matter.</param>
    public static Action Find(string name, string path, long bytes)
    {
        return name switch
        {
            ParseGguf => () => ModelReader.FromGguf(path),
            ReadPlainly => () => new PlainReading().Read(path, bytes),
            LoadCatalogue => () => _ = ModelCatalogue.All.Count,
            DescribeCatalogue => () => _ = ModelCatalogue.All.Sum(entry => entry.Description.Length),
            DeriveModel => () => ModelReader.FromCatalogue(ModelCatalogue.All.Find("llama-3.1-8b")),
            _ => throw new InvalidDataException($"'{name}' is no action."),
        };
    }
}
