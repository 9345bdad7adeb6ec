using System.Collections.Generic;

namespace LlmMemory.Estimation.Training.Recipes;

/// <summary>The phases of a step under a recipe: those of any step, and the moments that the recipe adds.</summary>
internal sealed class RecipePhases
{
    /// <summary>Numbers the phases.</summary>
    /// <param name="hasReference">True where a reference model runs.</param>
    /// <param name="generates">True where completions are written.</param>
    public RecipePhases(bool hasReference, bool generates)
    {
        var step = EstimatePhases.Training;
        var names = new List<string>();
        for (var phase = 0; phase < step.Count; phase++)
        {
            names.Add(step[phase]);
        }

        Reference = Add(hasReference, "Reference forward");
        Rollout = Add(generates, "Rollout");
        Names = names.Count == step.Count ? step : new EstimatePhases([.. names]);

        uint Add(bool isThere, string name)
        {
            if (!isThere)
            {
                return 0;
            }

            names.Add(name);
            return 1u << (names.Count - 1);
        }
    }

    /// <summary>All of them.</summary>
    public EstimatePhases Names { get; }

    /// <summary>The bit of the reference's forward pass; 0 where there is none.</summary>
    public uint Reference { get; }

    /// <summary>The bit of generation; 0 where there is none.</summary>
    public uint Rollout { get; }
}
