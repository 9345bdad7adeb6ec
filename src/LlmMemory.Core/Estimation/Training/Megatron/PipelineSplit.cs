using System.Collections.Generic;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>
/// Which stage has which layers: evenly, or as a layout says. Piece c of stage s is the (c x stages + s)-th of the
/// model. Sources: NVIDIA/Megatron-LM megatron/core/transformer/transformer_block.py (get_num_layers_to_build),
/// transformer_layer.py (get_transformer_layer_offset).
/// </summary>
internal static class PipelineSplit
{
    /// <summary>The stages in order.</summary>
    /// <param name="run">The run, its stages and pieces filled in.</param>
    /// <param name="layers">The layers of the model.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.TrainingSettingInvalid"/>: layers do not divide.</exception>
    public static IReadOnlyList<PipelineStage> Stages(TrainingRun run, int layers)
    {
        var stages = run.PipelineParallel!.Value;
        var mtp = run.MtpLayers ?? 0;
        var pieces = run.PipelineLayout is { } text
            ? PipelineLayout.Parse(text, layers, mtp)
            : Even(stages, run.VirtualPipeline!.Value, layers);
        return
        [
            .. Enumerable.Range(0, stages).Select(stage => new PipelineStage(
                stage, stages, [.. pieces.Where((_, index) => index % stages == stage)], stage == stages - 1 ? mtp : 0)),
        ];
    }

    private static List<IReadOnlyList<int>> Even(int stages, int chunks, int layers)
    {
        var pieces = (long)stages * chunks;
        MegatronRule.Require(
            layers % pieces == 0,
            stages,
            $"{layers} layers do not divide into {stages} stages" + (chunks > 1 ? $" x {chunks} pieces. " : ". ")
            + "Write a divisor of the layers, or say which stage has which: -PipelineLayout 'Et*2|t*4|t*4|t*2L'.");
        var each = (int)(layers / pieces);
        return [.. Enumerable.Range(0, (int)pieces).Select(piece => (IReadOnlyList<int>)[.. Enumerable.Range(piece * each, each)])];
    }
}
