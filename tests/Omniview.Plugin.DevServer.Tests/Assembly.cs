// The tests wait more than they work: more of them at once than there are processors.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
