using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;

namespace LlmMemory.Core.Tests.Adapters;

/// <summary>An adapter of which the counts are published, and the size of its file where that is.</summary>
internal sealed record AdapterCase(
    LlmModel Model, AdapterSpecification Specification, long Trainable, long Total, long? FileBytes, string Source)
{
    /// <summary>All cases of the table that the tests carry.</summary>
    public static IEnumerable<AdapterCase> ReadAll()
    {
        return File.ReadLines(ReferenceData.Carried("adapters", "published.csv")).Skip(1).Select(Read);
    }

    /// <summary>A model of the catalogue by its name, or a configuration as JSON.</summary>
    public static LlmModel ModelOf(string text)
    {
        return text.StartsWith('{') ? ModelReader.FromConfig(text) : ModelReader.FromCatalogue(ModelCatalogue.All.Find(text));
    }

    private static AdapterCase Read(string line)
    {
        var cells = line.Split(';');
        var specification = new AdapterSpecification
        {
            Method = AdapterMethod.All.Find(cells[1]),
            Rank = Number(cells[2]),
            TargetModules = List(cells[3]),
            Tokens = Number(cells[4]),
            BlockSize = Number(cells[5]),
            FeedForwardModules = List(cells[6]),
            ModulesToSave = List(cells[7]),
        };
        return new AdapterCase(ModelOf(cells[0]), specification, Long(cells[8])!.Value, Long(cells[9])!.Value, Long(cells[10]), cells[11]);
    }

    private static string[] List(string cell)
    {
        return cell.Length == 0 ? [] : cell.Split('|');
    }

    private static int? Number(string cell)
    {
        return (int?)Long(cell);
    }

    private static long? Long(string cell)
    {
        return cell.Length == 0 ? null : long.Parse(cell, CultureInfo.InvariantCulture);
    }
}
