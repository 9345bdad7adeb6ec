using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>
/// Notes what autograd keeps while a layer runs, in the order in which it runs. An operation keeps what its gradient
/// needs: a linear layer its input where its weight is trained, an activation its input, a product both factors.
/// Source: docs/training.md#activations, which names the file behind each rule.
/// </summary>
internal sealed class ActivationTape(LayerSwitches switches)
{
    private const string LinearSource = "autograd: the gradient of a trained weight needs the layer's input";

    private const string LoraSource = "huggingface/peft src/peft/tuners/lora/layer.py, Linear.forward";

    private const string FusedLoraSource = "foundation-model-stack/fms-acceleration fused_ops/unsloth_lora/fast_lora.py";

    private readonly List<KeptTensor> _kept = [];

    /// <summary>What decides what is kept.</summary>
    public LayerSwitches Switches { get; } = switches;

    /// <summary>Everything that is kept so far.</summary>
    public IReadOnlyList<KeptTensor> Kept => _kept;

    /// <summary>What it takes for each token.</summary>
    public decimal BytesPerToken => _kept.Sum(tensor => tensor.BytesPerToken);

    /// <summary>Notes a tensor; one of no bytes is left out.</summary>
    public void Keep(string name, decimal bytesPerToken, string source)
    {
        if (bytesPerToken > 0)
        {
            _kept.Add(new KeptTensor(name, bytesPerToken, source));
        }
    }

    /// <summary>Notes what linear layers that work on one input keep of it.</summary>
    /// <param name="input">The input.</param>
    /// <param name="width">Its elements for each token.</param>
    /// <param name="modules">The layers.</param>
    /// <param name="isProjection">True for what comes first in attention and feed-forward network.</param>
    public void KeepInputs(KeptInput input, long width, IReadOnlyList<LinearModule> modules, bool isProjection = false)
    {
        if (modules.Any(module => Switches.Trained.Trains(module.Name)))
        {
            Share(input, width, LinearSource);
        }

        if (Switches.Trained.IsFull)
        {
            return;
        }

        if (isProjection && Switches.KeepsProjectionInputs)
        {
            Keep(input.Name + " (fitted)", Switches.ElementBytes * width, "fitted on 32 rows of LitGPT, docs/training.md");
        }

        if (Switches.KeepsQuantizedInputs)
        {
            Share(input, width, "bitsandbytes up to 0.42: MatMul4Bit keeps its input");
        }

        var adapted = modules.Select(module => (module, adapter: Switches.Trained.AdapterOf(module.Name))).Where(pair => pair.adapter is not null).ToList();
        if (adapted.Count > 0 && Switches.FusesLora)
        {
            Share(input, width, FusedLoraSource);
            Keep("dropped " + input.Name, adapted[0].adapter!.HasDropout ? Switches.ElementBytes * width * adapted.Count : 0, FusedLoraSource);
            return;
        }

        foreach (var (module, adapter) in adapted)
        {
            KeepOfPair(input, width, module, adapter!);
        }
    }

    private void KeepOfPair(KeptInput input, long width, LinearModule module, ModuleAdapter adapter)
    {
        var isNarrow = Switches.UsesAutocast || adapter.WeightBytes == 2;
        var bytes = isNarrow ? 2 : 4;
        if (adapter.HasDropout)
        {
            Keep($"dropout mask of {module.ShortName}'s adapter", width, LoraSource);
            Keep($"dropped input of {module.ShortName}'s adapter", bytes * width, LoraSource);
        }
        else if (adapter.WeightBytes == 2)
        {
            Share(input, width, LoraSource);
        }
        else
        {
            Keep($"input of {module.ShortName}'s adapter in its own type", bytes * width, LoraSource);
        }

        Keep($"low-rank state of {module.ShortName}'s adapter", bytes * adapter.Rank, LoraSource);
    }

    private void Share(KeptInput input, long width, string source)
    {
        if (!input.IsKept)
        {
            Keep(input.Name, Switches.ElementBytes * width, source);
            input.IsKept = true;
        }
    }
}
