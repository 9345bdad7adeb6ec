using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace LlmMemory.Models.Reading;

/// <summary>
/// The name of a tensor in a checkpoint, taken apart: <c>model.layers.3.mlp.experts.17.up_proj.qweight</c> is the
/// <c>qweight</c> of a module in layer 3, one of those of <c>model.layers.3.mlp.experts.*.up_proj</c>.
/// </summary>
internal sealed class SafetensorsTensorName
{
    private static readonly HashSet<string> LayerLists = new(StringComparer.Ordinal)
    {
        "layers", "layer", "h", "blocks", "block", "resblocks", "global_layers", "mtp_layers",
    };

    private SafetensorsTensorName(string name, string[] steps)
    {
        var experts = Array.FindIndex(steps, step => step is "experts" or "local_experts");
        var numbered = experts >= 0 && experts + 1 < steps.Length && IsNumber(steps[experts + 1]);
        Name = name;
        Steps = steps;
        Layer = FindLayer(steps);
        if (numbered)
        {
            steps[experts + 1] = "*";
        }

        Pattern = numbered ? string.Join(".", steps) : name;
        (Module, Ending) = Split(name);
        ModulePattern = numbered ? Split(Pattern).Module : Module;
    }

    /// <summary>The whole name.</summary>
    public string Name { get; }

    /// <summary>Its steps between the dots, the number of an expert replaced by a star.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <summary>The name with the number of the expert replaced by a star; the name where it has none.</summary>
    public string Pattern { get; }

    /// <summary>What the tensor belongs to.</summary>
    public string Module { get; }

    /// <summary>The same, with the number of the expert replaced by a star.</summary>
    public string ModulePattern { get; }

    /// <summary>What it is there: <c>weight</c>, <c>bias</c>, <c>qweight</c>, <c>weight.absmax</c>; empty where the module is the tensor.</summary>
    public string Ending { get; }

    /// <summary>The layer, from 0; null outside the layers.</summary>
    public int? Layer { get; }

    /// <summary>Takes a name apart.</summary>
    /// <param name="name">The name.</param>
    public static SafetensorsTensorName Parse(string name)
    {
        return new SafetensorsTensorName(name, name.Split('.'));
    }

    /// <summary>True where the name has one of these steps.</summary>
    public bool Has(params string[] steps)
    {
        return Steps.Any(step => Array.IndexOf(steps, step) >= 0);
    }

    private static int? FindLayer(string[] steps)
    {
        for (var i = 1; i < steps.Length; i++)
        {
            if (LayerLists.Contains(steps[i - 1])
                && int.TryParse(steps[i], NumberStyles.None, CultureInfo.InvariantCulture, out var layer))
            {
                return layer;
            }
        }

        return null;
    }

    private static (string Module, string Ending) Split(string name)
    {
        // bitsandbytes hangs what belongs to a weight below it: up_proj.weight.absmax.
        var below = name.IndexOf(".weight.", StringComparison.Ordinal);
        if (below > 0)
        {
            return (name.Substring(0, below), name.Substring(below + 1));
        }

        var dot = name.LastIndexOf('.');
        var last = name.Substring(dot + 1);
        var suffix = Array.Find(PackedEndings.Suffixes, end => last.EndsWith(end, StringComparison.Ordinal) && last.Length > end.Length);
        return dot > 0 && PackedEndings.IsEnding(last) ? (name.Substring(0, dot), last)
            : suffix is not null ? (name.Substring(0, name.Length - suffix.Length), suffix)
            : (name, string.Empty);
    }

    private static bool IsNumber(string step)
    {
        return step.Length > 0 && step.All(letter => letter is >= '0' and <= '9');
    }
}
