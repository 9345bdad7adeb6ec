using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace LlmMemory.Adapters.Targets;

/// <summary>
/// Which layers have adapters, by the first number in a module's path that has a step before and after it: so it is
/// the layer's, not an expert's. A layers pattern names the step right before the number. Source: huggingface/peft
/// src/peft/tuners/tuners_utils.py, check_target_module_exists.
/// </summary>
internal sealed class LayerFilter(IReadOnlyList<int> layers, IReadOnlyList<string> patterns)
{
    /// <summary>True where the layer of a path is one of them, or all layers are.</summary>
    public bool Contains(string path)
    {
        return layers.Count == 0 || (LayerOf(path) is { } layer && layers.Contains(layer));
    }

    private int? LayerOf(string path)
    {
        var steps = path.Split('.');
        for (var i = 2; i < steps.Length - 1; i++)
        {
            if ((patterns.Count == 0 || patterns.Contains(steps[i - 1])) && IsNumber(steps[i], out var layer))
            {
                return layer;
            }
        }

        return null;
    }

    private static bool IsNumber(string step, out int number)
    {
        return int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
