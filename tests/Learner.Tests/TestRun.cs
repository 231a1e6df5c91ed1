// Live tensors are counted over the whole process, and two cores are better spent inside one test than on several.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
