using System;
using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Adapters.Methods;

/// <summary>
/// Methods whose trained weights are vectors. VeRA scales a pair of random matrices that all modules share, as large as
/// the largest module; IA3 scales outputs, or inputs of feed-forward modules. Sources: huggingface/peft
/// src/peft/tuners/vera/model.py and layer.py; ia3/layer.py and model.py (_check_target_module_feedforward).
/// </summary>
internal static class VectorParts
{
    /// <summary>VeRA's vectors beside one module.</summary>
    public static IEnumerable<AdapterPart> Vera(TargetModule target)
    {
        return [new AdapterPart("vera_lambda_b", target.Outputs), new AdapterPart("vera_lambda_d", target.Rank)];
    }

    /// <summary>VeRA's shared matrices: buffers, written to the checkpoint unless save_projection is off.</summary>
    public static IEnumerable<AdapterPart> VeraShared(IReadOnlyList<TargetModule> targets)
    {
        var rank = targets.Max(target => target.Rank);
        return
        [
            new AdapterPart("vera_A", rank, targets.Max(target => target.Inputs)).AsBuffer(isSaved: true),
            new AdapterPart("vera_B", targets.Max(target => target.Outputs), rank).AsBuffer(isSaved: true),
        ];
    }

    /// <summary>IA3's vector beside one module.</summary>
    public static IEnumerable<AdapterPart> Ia3(TargetModule target, AdapterSettings settings)
    {
        // PEFT compares the end of the path without regard to dots: output.dense ends attention.output.dense too.
        var scalesInput = settings.FeedForwardModules.Any(name => target.Path.EndsWith(name, StringComparison.Ordinal));
        return [scalesInput ? new AdapterPart("ia3_l", 1, target.Inputs) : new AdapterPart("ia3_l", target.Outputs, 1)];
    }
}
