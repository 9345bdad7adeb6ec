using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using LlmMemory.Naming;

namespace LlmMemory.Hardware;

/// <summary>
/// What each GPU may be called beside its name: without its memory (<c>H100 SXM5</c>), without its brand
/// (<c>RTX 4090</c>, <c>4090</c>), as long as only one GPU is called so, and the names that tools print.
/// </summary>
internal static class GpuSpellings
{
    private static readonly Regex Memory = new(@" \d+GB$", RegexOptions.CultureInvariant);

    // The longest first: of NVIDIA GeForce RTX 4090 all four are left out one after the other.
    private static readonly string[] Brands = ["NVIDIA ", "AMD ", "Intel ", "Tesla ", "Instinct ", "GeForce ", "Radeon ", "RTX ", "RX ", "Apple ", "Google ", "AWS "];

    /// <summary>The spellings that are a GPU's own, for each.</summary>
    /// <param name="lines">The GPUs.</param>
    public static IReadOnlyDictionary<GpuLine, IReadOnlyList<string>> Resolve(IReadOnlyList<GpuLine> lines)
    {
        var spellings = lines.ToDictionary(line => line, Spellings);
        var owners = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in spellings.Values.SelectMany(own => own.Select(Key).Distinct(StringComparer.OrdinalIgnoreCase)))
        {
            owners[key] = owners.TryGetValue(key, out var count) ? count + 1 : 1;
        }

        return lines.ToDictionary(line => line, line => Own(line, spellings[line], owners));
    }

    private static IReadOnlyList<string> Own(GpuLine line, IEnumerable<string> spellings, Dictionary<string, int> owners)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { Key(line.Name) };
        return [.. spellings.Where(spelling => owners[Key(spelling)] == 1 && taken.Add(Key(spelling)))];
    }

    // The names that are stated come first: they are the ones that tools print.
    private static List<string> Spellings(GpuLine line)
    {
        var spellings = line.Aliases.ToList();
        foreach (var name in new[] { line.Name }.Concat(line.Aliases).Concat([Memory.Replace(line.Name, string.Empty)]).ToList())
        {
            spellings.AddRange(WithoutBrands(name));
        }

        return spellings;
    }

    private static IEnumerable<string> WithoutBrands(string name)
    {
        yield return name;
        foreach (var brand in Brands.Where(brand => name.StartsWith(brand, StringComparison.OrdinalIgnoreCase)))
        {
            name = name.Substring(brand.Length);
            yield return name;
        }
    }

    private static string Key(string spelling)
    {
        return NamedCatalogue<Gpu>.Normalize(spelling);
    }
}
